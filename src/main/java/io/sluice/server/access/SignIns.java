package io.sluice.server.access;

import io.sluice.flow.Blocking;
import io.sluice.job.audit.AuditAction;
import io.sluice.job.audit.AuditEvent;
import io.sluice.job.audit.AuditTrail;
import io.sluice.job.keys.ApiKey;
import io.sluice.server.http.Problem;
import io.sluice.server.http.ProblemException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Signs in whoever shows a key. Each refusal is a line in the log, and an address that fails too
 * often is put off for the rest of a minute; a key that is known signs in even then, since many
 * people may come from the address of one proxy.
 */
public final class SignIns {
  private static final Logger LOG = LoggerFactory.getLogger(SignIns.class);

  private final Keyring keys;
  private final Clock clock;
  private final AuditTrail trail;
  private final RefusalTrail refusalTrail;
  private final RefusalCount counts = new RefusalCount();

  /**
   * @param trail where sign-ins at the console are noted
   * @param refusalTrail where keys that open nothing are noted
   */
  public SignIns(Keyring keys, Clock clock, AuditTrail trail, RefusalTrail refusalTrail) {
    this.refusalTrail = refusalTrail;
    this.keys = keys;
    this.clock = clock;
    this.trail = trail;
  }

  /** What is known of a key; an error that says why it opens nothing. */
  public Mono<ApiKey> find(String key, HttpServerRequest request) {
    return keys.find(key).switchIfEmpty(Mono.defer(() -> refused(key, request.remoteAddress())));
  }

  /**
   * The key of a sign-in at the console, once the sign-in is in the audit trail. A request that
   * shows a key is not noted by itself: what it does is.
   */
  public Mono<ApiKey> signIn(String key, HttpServerRequest request) {
    return find(key, request)
        .flatMap(
            found -> {
              AuditEvent event =
                  new AuditEvent(
                      found.name(),
                      ConnectionLimit.address(request.remoteAddress()),
                      AuditAction.SIGN_IN,
                      "",
                      "",
                      "",
                      "console, " + found.role().label());
              return Blocking.run(() -> trail.add(event)).thenReturn(found);
            });
  }

  private Mono<ApiKey> refused(String key, @Nullable InetSocketAddress remote) {
    Instant now = clock.instant();
    String address = text(remote);
    RefusalCount.Window window = counts.add(ConnectionLimit.address(remote), now);
    if (window.putOff()) {
      if (window.count() == RefusalCount.ALLOWED + 1) {
        LOG.warn(
            "{} has shown {} keys that open nothing; for {} s more are refused without a line here",
            address,
            RefusalCount.ALLOWED,
            window.seconds(now));
      }
      return noted(address, "too many keys from this address opened nothing")
          .then(Mono.error(putOff(window.seconds(now))));
    }
    if (window.count() == 1 && window.before() > 0) {
      LOG.warn("{} more keys from {} were refused before", window.before(), address);
    }
    return keys.former(key)
        .map(
            former -> {
              LOG.warn("sign-in from {} refused: {}", address, former.text());
              return former.text();
            })
        .switchIfEmpty(
            Mono.fromSupplier(
                () -> {
                  LOG.warn("sign-in from {} refused: no key of that text is known", address);
                  return "this key opens nothing";
                }))
        .flatMap(why -> noted(address, why).then(Mono.error(unauthorized(why))));
  }

  private Mono<Void> noted(String address, String why) {
    AuditEvent event =
        new AuditEvent("nobody", address, AuditAction.SIGN_IN_REFUSED, "", "", "", why);
    return refusalTrail.note(address, event);
  }

  private static ProblemException unauthorized(String detail) {
    return Problem.of(
            401,
            "not_authenticated",
            detail,
            "an operator makes keys with POST /v1/keys or 'sluice serve --new-key NAME'")
        .with("WWW-Authenticate", "Bearer realm=\"sluice\"")
        .exception();
  }

  private static ProblemException putOff(long seconds) {
    return Problem.of(
            429,
            "too_many_sign_ins",
            "too many keys from this address opened nothing; try again in " + seconds + " s")
        .with("Retry-After", Long.toString(seconds))
        .exception();
  }

  private static String text(@Nullable InetSocketAddress remote) {
    return remote == null || remote.getAddress() == null
        ? "an unknown address"
        : remote.getAddress().getHostAddress();
  }
}
