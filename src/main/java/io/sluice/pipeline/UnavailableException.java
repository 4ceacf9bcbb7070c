package io.sluice.pipeline;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.catalog.Resource;
import io.sluice.flow.retry.CallFailure;
import io.sluice.snapshot.Unavailable;

/**
 * The account does not offer a kind of records that depends on its package: the first list of them
 * was refused. Other kinds may well be there.
 */
public final class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Unavailable what;
  private final ApiException answer;

  private UnavailableException(Unavailable what, ApiException answer) {
    super(what.resource() + ": " + what.reason(), answer);
    this.what = what;
    this.answer = answer;
  }

  /** The same error, as this one if that is what it means. */
  public static Throwable of(Resource resource, Throwable error) {
    return resource.byPackage()
            && error instanceof ApiException answer
            && answer.kind() == CallFailure.Kind.FINAL
            && answer.obstacle() == null
            && (answer.httpStatus() == 403 || answer.httpStatus() == 404)
        ? new UnavailableException(unavailable(resource, answer), answer)
        : error;
  }

  private static Unavailable unavailable(Resource resource, ApiException answer) {
    ApiError first = answer.errors().isEmpty() ? null : answer.errors().get(0);
    return new Unavailable(
        resource.slug(),
        answer.httpStatus(),
        first == null || first.code() == 0 ? null : first.code(),
        first == null ? "" : first.message());
  }

  /** The missing kind of records, and the reason. */
  public Unavailable what() {
    return what;
  }

  /** The answer of the API. */
  ApiException answer() {
    return answer;
  }
}
