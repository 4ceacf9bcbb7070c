package io.sluice.server;

import io.netty.handler.codec.http.HttpMethod;

/**
 * One thing that the service does.
 *
 * @param path the form of its path, which also stands for it in metrics and logs
 * @param access who may use it
 */
record Route(HttpMethod method, PathTemplate path, Access access, Handler handler) {

  static Route get(String path, Access access, Handler handler) {
    return new Route(HttpMethod.GET, new PathTemplate(path), access, handler);
  }

  static Route post(String path, Access access, Handler handler) {
    return new Route(HttpMethod.POST, new PathTemplate(path), access, handler);
  }

  static Route put(String path, Access access, Handler handler) {
    return new Route(HttpMethod.PUT, new PathTemplate(path), access, handler);
  }

  static Route delete(String path, Access access, Handler handler) {
    return new Route(HttpMethod.DELETE, new PathTemplate(path), access, handler);
  }
}
