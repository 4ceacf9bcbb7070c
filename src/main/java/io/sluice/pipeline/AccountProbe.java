package io.sluice.pipeline;

import io.sluice.api.ApiException;
import io.sluice.api.Listing;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.hash.Hash64;
import io.sluice.snapshot.Unavailable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds out which kinds of records of an account can be read: one call a kind. */
public final class AccountProbe {
  private static final int RECORDS = 5;
  private static final int AT_ONCE = 4;

  private AccountProbe() {}

  /**
   * What one kind's listing answered.
   *
   * @param rows how many records there are; null if the answer did not say, or there was none
   * @param failure why it cannot be read; null if it can, or if the account does not offer it
   * @param unavailable what was answered, if the account does not offer it
   */
  public record Kind(
      Resource resource,
      @Nullable Long rows,
      @Nullable Failure failure,
      @Nullable Unavailable unavailable) {

    /** Why its records cannot be read, in words; null if they can. */
    public @Nullable String reason() {
      return failure != null
          ? failure.message()
          : unavailable == null ? null : unavailable.reason();
    }
  }

  /**
   * All kinds, in the catalogue's order. The first call is made alone, so that a wrong credential
   * is tried once.
   *
   * <p>Signals an {@link ApiException} if the credential is not known, and what ends any run, such
   * as an outage.
   */
  public static Flux<Kind> kinds(AccountSession session) {
    Flux<Resource> all = Flux.fromIterable(Catalog.resources());
    return Flux.concat(
        List.of(
            all.take(1).concatMap(one -> kind(session, one)),
            all.skip(1).flatMapSequential(one -> kind(session, one), AT_ONCE)));
  }

  private static Mono<Kind> kind(AccountSession session, Resource resource) {
    return session
        .client()
        .page(Listing.of(resource).perPage(RECORDS), 1, Hash64.keyed(0))
        .map(page -> new Kind(resource, page.info().totalCount(), null, null))
        .onErrorMap(error -> UnavailableException.of(resource, error))
        .onErrorResume(
            UnavailableException.class,
            lacking -> Mono.just(new Kind(resource, null, null, lacking.what())))
        .onErrorResume(
            ApiException.class,
            error -> {
              // What a proxy or a portal refuses is refused for all kinds, and is asked once.
              boolean refused =
                  error.obstacle() == null
                      && (error.httpStatus() == 403 || error.httpStatus() == 404);
              return refused
                  ? Mono.just(new Kind(resource, null, Diagnosis.of(error), null))
                  : Mono.error(error);
            });
  }
}
