package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.api.Listing;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.report.ExitCode;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Unavailable;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups of accounts whose package lacks a kind of records. */
final class UnavailableKindTest {
  private static final String CONTENT = "content-policies";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private ExportRig rig() {
    return new ExportRig(sandbox, directory).ofEverything();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404})
  void whatTheAccountDoesNotOfferIsNotedAndNeverTakenForEmpty(int status) throws IOException {
    sandbox.account().seed("block_senders", 20);
    sandbox.account().lacks(CONTENT, status);
    Manifest manifest = rig().export().snapshot().manifest();

    assertThat(manifest.resources())
        .extracting("resource")
        .hasSize(Catalog.resources().size() - 1)
        .doesNotContain(CONTENT);
    assertThat(manifest.unavailable())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.resource()).isEqualTo(CONTENT);
              assertThat(one.httpStatus()).isEqualTo(status);
              assertThat(one.code()).isNotNull();
              assertThat(one.message()).isNotBlank();
            });
    Snapshot read = Snapshot.in(directory).get(0);
    assertThat(read.manifest()).isEqualTo(manifest);
  }

  @Test
  void allThreeMayBeLackingAndNoneOfTheOthers() {
    for (Resource resource : Catalog.resources()) {
      if (resource.byPackage()) {
        sandbox.account().lacks(resource.name());
      }
    }
    assertThat(rig().export().snapshot().manifest().unavailable())
        .extracting(Unavailable::resource)
        .containsExactly(CONTENT, "sending-domain-restrictions", "url-ignore-patterns");

    sandbox.account().lacks("trusted_domains");
    assertThat(Diagnosis.of(catchThrowable(() -> rig().export())))
        .extracting(Failure::exit, Failure::code)
        .containsExactly(ExitCode.NOT_PERMITTED, "not_permitted");
  }

  @Test
  void anAccountThatOffersAllNotesNone() {
    assertThat(rig().export().snapshot().manifest().unavailable()).isEmpty();
  }

  @Test
  void anAccountWithoutEmailSecurityIsNoAccountThatLacksKinds() {
    sandbox.account().entitled(false);
    assertThat(Diagnosis.of(catchThrowable(() -> rig().export())).code()).isEqualTo("not_entitled");
  }

  @Test
  void aKindThatWasNamedIsAnError() throws IOException {
    sandbox.account().lacks(CONTENT);
    ExportRig named = rig().of(Listing.of(Catalog.get(CONTENT))).named();
    Failure failure = Diagnosis.of(catchThrowable(named::export));
    assertThat(failure.exit()).isEqualTo(ExitCode.NOT_PERMITTED);
    assertThat(failure.code()).isEqualTo("unavailable_kind");
    assertThat(failure.message()).contains(CONTENT, "403");
    assertThat(Snapshot.in(directory)).isEmpty();
  }

  @Test
  void aRefusalInTheMiddleOfAListIsAnError() throws IOException {
    sandbox.account().seed(CONTENT, 2_500);
    sandbox.faults().onPage("content_policies", 2).then(Fault.status(403, 1011, "not now"));
    assertThat(Diagnosis.of(catchThrowable(() -> rig().export())).exit())
        .isEqualTo(ExitCode.NOT_PERMITTED);
    assertThat(Snapshot.in(directory)).isEmpty();
  }

  @Test
  void aListWithoutAnOrderThatGrowsIsReadAgain() throws IOException {
    sandbox.account().seed("url_ignore_patterns", 3_000);
    sandbox
        .faults()
        .onPage("url_ignore_patterns", 2)
        .times(1)
        .then(Fault.then(account -> account.seed("url_ignore_patterns", 1)));
    ExportRig growing = rig().of(Listing.of(Catalog.get("url-ignore-patterns")));
    Manifest manifest = growing.export().snapshot().manifest();
    assertThat(manifest.consistent()).isTrue();
    assertThat(manifest.rows()).isEqualTo(3_001);
    assertThat(growing.moves()).isNotEmpty();
  }
}
