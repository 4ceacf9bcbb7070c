package io.sluice;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Holds that no text depends on the locale or the default charset of a machine. */
@AnalyzeClasses(packages = "io.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
final class ExplicitTextTest {
  /** What decodes or encodes as the machine does. */
  private static final Set<String> CHARSET =
      Set.of(
          "java.lang.String.getBytes()",
          "java.lang.String.<init>([B)",
          "java.lang.String.<init>([B, int, int)",
          "java.io.ByteArrayOutputStream.toString()",
          "java.io.InputStreamReader.<init>(java.io.InputStream)",
          "java.io.OutputStreamWriter.<init>(java.io.OutputStream)",
          "java.io.FileReader.<init>(java.io.File)",
          "java.io.FileReader.<init>(java.lang.String)",
          "java.io.FileWriter.<init>(java.io.File)",
          "java.io.FileWriter.<init>(java.io.File, boolean)",
          "java.io.FileWriter.<init>(java.lang.String)",
          "java.io.FileWriter.<init>(java.lang.String, boolean)",
          "java.io.PrintStream.<init>(java.io.OutputStream)",
          "java.io.PrintStream.<init>(java.io.OutputStream, boolean)",
          "java.io.PrintStream.<init>(java.io.File)",
          "java.io.PrintStream.<init>(java.lang.String)",
          "java.io.PrintWriter.<init>(java.io.OutputStream)",
          "java.io.PrintWriter.<init>(java.io.OutputStream, boolean)",
          "java.io.PrintWriter.<init>(java.io.File)",
          "java.io.PrintWriter.<init>(java.lang.String)",
          "java.util.Scanner.<init>(java.io.InputStream)",
          "java.util.Scanner.<init>(java.io.File)",
          "java.util.Scanner.<init>(java.nio.file.Path)",
          "java.lang.System.console()",
          "java.nio.charset.Charset.defaultCharset()");

  /** What words values or changes the case of letters as the machine does. */
  private static final Set<String> LOCALE =
      Set.of(
          "java.lang.String.toLowerCase()",
          "java.lang.String.toUpperCase()",
          "java.lang.String.format(java.lang.String, [Ljava.lang.Object;)",
          "java.lang.String.formatted([Ljava.lang.Object;)",
          "java.io.PrintStream.format(java.lang.String, [Ljava.lang.Object;)",
          "java.io.PrintStream.printf(java.lang.String, [Ljava.lang.Object;)",
          "java.io.PrintWriter.format(java.lang.String, [Ljava.lang.Object;)",
          "java.io.PrintWriter.printf(java.lang.String, [Ljava.lang.Object;)",
          "java.util.Formatter.<init>()",
          "java.util.Formatter.<init>(java.lang.Appendable)",
          "java.text.MessageFormat.format(java.lang.String, [Ljava.lang.Object;)",
          "java.text.MessageFormat.<init>(java.lang.String)",
          "java.text.NumberFormat.getInstance()",
          "java.text.NumberFormat.getIntegerInstance()",
          "java.text.NumberFormat.getNumberInstance()",
          "java.text.NumberFormat.getPercentInstance()",
          "java.text.DecimalFormat.<init>(java.lang.String)",
          "java.text.SimpleDateFormat.<init>(java.lang.String)",
          "java.time.format.DateTimeFormatter.ofPattern(java.lang.String)",
          "java.util.Locale.getDefault()");

  @ArchTest
  static void textIsCodedByANamedCharset(JavaClasses classes) {
    nothingOf(CHARSET).check(classes);
  }

  @ArchTest
  static void wordsAreMadeByANamedLocale(JavaClasses classes) {
    nothingOf(LOCALE).check(classes);
  }

  @Test
  void whatDependsOnTheMachineIsFound() {
    JavaClasses careless = new ClassFileImporter().importClasses(Careless.class, Careful.class);

    assertThat(nothingOf(CHARSET).evaluate(careless).getFailureReport().getDetails())
        .hasSize(6)
        .allMatch(found -> found.contains("Careless"));
    assertThat(nothingOf(LOCALE).evaluate(careless).getFailureReport().getDetails())
        .hasSize(4)
        .allMatch(found -> found.contains("Careless"));
  }

  private static ArchRule nothingOf(Set<String> names) {
    return noClasses()
        .should()
        .accessTargetWhere(
            describe(
                "the default is what it uses",
                (JavaAccess<?> access) -> names.contains(access.getTarget().getFullName())));
  }

  /** Depends on the machine in every line. */
  @SuppressWarnings({"unused", "DefaultCharset", "StringCaseLocaleUsage", "FormatString"})
  private static final class Careless {
    static List<Object> coded(InputStream in, byte[] bytes) {
      Reader reader = new InputStreamReader(in);
      PrintStream print = new PrintStream(System.out, true);
      return List.of(
          reader,
          print,
          new Scanner(in),
          new String(bytes),
          "ü".getBytes(),
          Charset.defaultCharset());
    }

    static List<Object> worded(int number) {
      UnaryOperator<String> lower = String::toLowerCase;
      return List.of(
          lower, "I".toUpperCase(), String.format("%,d", number), "%,d".formatted(number));
    }
  }

  /** Does not depend on it. */
  @SuppressWarnings("unused")
  private static final class Careful {
    static List<Object> said(InputStream in, byte[] bytes) {
      return List.of(
          new InputStreamReader(in, UTF_8),
          new PrintStream(System.out, true, UTF_8),
          new String(bytes, UTF_8),
          "ü".getBytes(UTF_8),
          "I".toUpperCase(Locale.ROOT),
          String.format(Locale.ROOT, "%,d", bytes.length));
    }
  }
}
