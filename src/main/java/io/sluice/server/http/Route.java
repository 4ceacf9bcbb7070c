package io.sluice.server.http;

import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the service does, with all that it takes: whatever else a request says is refused.
 *
 * @param path the form of its path, which also stands for it in metrics and logs
 * @param access who may use it
 * @param parameters the parameters of its query; null if they are not the service's business
 * @param content what the body of a request is
 * @param keyed whether a request may be repeated under its {@code Idempotency-Key}
 * @param audit what it is called in the audit trail; null if it is not noted there
 */
public record Route(
    HttpMethod method,
    PathTemplate path,
    Access access,
    @Nullable List<Parameter> parameters,
    Content content,
    Handler handler,
    boolean keyed,
    @Nullable String audit) {

  public static Route get(String path, Access access, Handler handler) {
    return of(HttpMethod.GET, path, access, handler);
  }

  public static Route post(String path, Access access, Handler handler) {
    return of(HttpMethod.POST, path, access, handler);
  }

  public static Route put(String path, Access access, Handler handler) {
    return of(HttpMethod.PUT, path, access, handler);
  }

  public static Route delete(String path, Access access, Handler handler) {
    return of(HttpMethod.DELETE, path, access, handler);
  }

  private static Route of(HttpMethod method, String path, Access access, Handler handler) {
    return new Route(
        method, new PathTemplate(path), access, List.of(), Content.NONE, handler, false, null);
  }

  /** The same, with parameters in its query. */
  public Route taking(Parameter... these) {
    return new Route(method, path, access, List.of(these), content, handler, keyed, audit);
  }

  /** The same for a page, whose own script reads the query. */
  public Route leavingTheQueryToThePage() {
    return new Route(method, path, access, null, content, handler, keyed, audit);
  }

  /** The same, with a body. */
  public Route with(Content body) {
    return new Route(method, path, access, parameters, body, handler, keyed, audit);
  }

  /** The same, of requests that are carried out once for each {@code Idempotency-Key}. */
  public Route once() {
    return new Route(method, path, access, parameters, content, handler, true, audit);
  }

  /** The same, noted in the audit trail under that name. */
  public Route audited(String action) {
    return new Route(method, path, access, parameters, content, handler, keyed, action);
  }
}
