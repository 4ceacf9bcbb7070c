package io.sluice;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.CorePublisher;

/** Holds the floors of the house: imports go down only. */
@AnalyzeClasses(packages = "io.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
final class FloorPlanTest {
  private static final int FILES_A_ROOM = 30;
  private static final Set<String> WAITING =
      Set.of("block", "blockOptional", "blockFirst", "blockLast", "toIterable", "toStream");
  private static final List<String> FLOORS_WITH_ROOMS =
      List.of(
          "cli",
          "server",
          "server.http",
          "job",
          "pipeline",
          "pipeline.imports",
          "pipeline.insight",
          "format",
          "report",
          "api",
          "flow",
          "catalog",
          "sandbox");

  @ArchTest
  static void importsGoDownOnly(JavaClasses classes) {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("cli")
        .definedBy("io.sluice.cli..")
        .layer("server")
        .definedBy("io.sluice.server..")
        .layer("job")
        .definedBy("io.sluice.job..")
        .layer("pipeline")
        .definedBy("io.sluice.pipeline..")
        .layer("config")
        .definedBy("io.sluice.config..")
        .layer("report")
        .definedBy("io.sluice.report..")
        .layer("snapshot")
        .definedBy("io.sluice.snapshot..")
        .layer("plan")
        .definedBy("io.sluice.plan..")
        .layer("format")
        .definedBy("io.sluice.format..")
        .layer("api")
        .definedBy("io.sluice.api..")
        .layer("flow")
        .definedBy("io.sluice.flow..")
        .layer("catalog")
        .definedBy("io.sluice.catalog..")
        .layer("disk")
        .definedBy("io.sluice.disk..")
        .layer("hash")
        .definedBy("io.sluice.hash..")
        .layer("sandbox")
        .definedBy("io.sluice.sandbox..")
        .whereLayer("cli")
        .mayOnlyAccessLayers(
            "server",
            "job",
            "pipeline",
            "config",
            "report",
            "snapshot",
            "plan",
            "format",
            "api",
            "flow",
            "catalog",
            "disk",
            "hash",
            "sandbox")
        .whereLayer("server")
        .mayOnlyAccessLayers(
            "job",
            "pipeline",
            "config",
            "report",
            "snapshot",
            "plan",
            "format",
            "api",
            "flow",
            "catalog",
            "disk",
            "hash")
        .whereLayer("job")
        .mayOnlyAccessLayers(
            "pipeline",
            "config",
            "report",
            "snapshot",
            "plan",
            "format",
            "api",
            "flow",
            "catalog",
            "disk",
            "hash")
        .whereLayer("pipeline")
        .mayOnlyAccessLayers(
            "config",
            "report",
            "snapshot",
            "plan",
            "format",
            "api",
            "flow",
            "catalog",
            "disk",
            "hash")
        .whereLayer("config")
        .mayOnlyAccessLayers("api", "flow", "catalog")
        .whereLayer("report")
        .mayOnlyAccessLayers("format", "api", "flow", "catalog", "disk")
        .whereLayer("snapshot")
        .mayOnlyAccessLayers("format", "flow", "catalog", "disk")
        .whereLayer("plan")
        .mayOnlyAccessLayers("format", "catalog", "disk", "hash")
        .whereLayer("format")
        .mayOnlyAccessLayers("catalog")
        .whereLayer("api")
        .mayOnlyAccessLayers("flow", "catalog", "hash")
        .whereLayer("flow")
        .mayNotAccessAnyLayer()
        .whereLayer("catalog")
        .mayNotAccessAnyLayer()
        .whereLayer("disk")
        .mayOnlyAccessLayers("hash")
        .whereLayer("hash")
        .mayNotAccessAnyLayer()
        .whereLayer("sandbox")
        .mayOnlyAccessLayers("catalog", "hash")
        .check(classes);
  }

  @ArchTest
  static void packagesAreFreeOfCycles(JavaClasses classes) {
    slices().matching("io.sluice.(*)..").should().beFreeOfCycles().check(classes);
  }

  /** Rooms beside each other stand in an order: none of them sees one that sees it. */
  @ArchTest
  static void roomsAreFreeOfCycles(JavaClasses classes) {
    for (String floor : FLOORS_WITH_ROOMS) {
      slices().matching("io.sluice." + floor + ".(*)..").should().beFreeOfCycles().check(classes);
    }
  }

  /** A room can be taken in at a glance. */
  @ArchTest
  static void roomsAreSmall(JavaClasses classes) {
    Map<String, Long> files =
        classes.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

    assertThat(files.entrySet()).isNotEmpty().allMatch(room -> room.getValue() <= FILES_A_ROOM);
  }

  @ArchTest
  static void theFlowFloorKnowsReactorOnly(JavaClasses classes) {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage("io.sluice.flow..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..", "reactor.netty..", "tools.jackson..")
        .check(classes);
  }

  @ArchTest
  static void onlyTheCommandLineBlocks(JavaClasses classes) {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackages("io.sluice.cli..")
        .should()
        .callMethodWhere(
            describe(
                "that waits for a publisher",
                call ->
                    WAITING.contains(call.getName())
                        && call.getTargetOwner().isAssignableTo(CorePublisher.class)))
        .check(classes);
  }
}
