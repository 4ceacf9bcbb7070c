package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a command line says has an effect or is refused. */
@ResourceLock(Resources.SYSTEM_ERR)
final class UsageTest {
  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "export --to b --kep 3|unknown option '--kep'; the nearest is '--keep'",
        "export --to b --kep=3|unknown option '--kep'; the nearest is '--keep'",
        "export --to b --gzi|unknown option '--gzi'; the nearest is '--gzip'",
        "export --tp b|unknown option '--tp'; the nearest is '--to'",
        "migrate --from a --tp b|unknown option '--tp'; the nearest is '--to'",
        "migrate --from a --tp=b|unknown option '--tp'; the nearest is '--to'",
        "migrate --from a -- --tp|'--to=PROFILE'",
        "export --to b --dryrun|unknown option '--dryrun'",
        "import -r domains f.csv --dryrun|the nearest is '--dry-run'",
        "import -r domains f.csv --keep 3|'--keep': import does not take it; export does",
        "restore b --map a=b|'--map': restore does not take it; import, validate do",
        "restore b --skip-invalid|'--skip-invalid': restore does not take it; import, validate",
        "export --to b --port 1|'--port': export does not take it; sandbox does",
        "export --to b --concurency 3|the nearest is '--concurrency'",
        "export -r domains, --to b|-r domains,: a name is missing beside a comma",
        "export -r ,domains --to b|a name is missing beside a comma",
        "export -r domains,,allow-policies --to b|a name is missing beside a comma",
        "export --to b --reserve 0.25|--reserve: '0.25' is not a percentage: write it with the",
        "verify b c|'c' is one argument too many",
        "import block-senders f.csv|name the kind of records by -r block-senders",
        "diff profile:a profile:b --profile c|takes its accounts from profiles; write profile:NAME",
        "migrate --account a --from b --to c|from profiles; name them with --from and --to",
        "validate -r url-ignore-patterns f.csv --normalize|normalize has no effect on url-ignore",
        "help imporrt|unknown command 'imporrt'; the nearest is 'import'",
        "sandbox --port 99999|--port is a number from 0 to 65535",
        "explain b --sender <a@evil.example>|--sender a@evil.example",
        "explain b --domain *@evil.example|: --domain evil.example",
        "validate -r domains https://feeds.example/list.txt|validate reads no feed",
        "validate -r domains f.csv --delimiter ab|--delimiter: 'ab' cannot be a delimiter",
        "validate -r domains f.csv --quote x|--quote: unknown quote 'x'",
        "import -r domains f.csv --base-url 127.0.0.1:1/v4|it is like https://api",
        "exprot|unknown command 'exprot'; the nearest is 'export'",
        "-q export --to b|--quiet stands before the command: write it after 'export'",
        "--config x export --to b|--config stands before the command",
        "import -r domains --owner a --adopt f.csv|'f.csv' was read as the value of --adopt",
        "import -r domains f.csv --dry-run --save-plan -|--save-plan wants the name of a file",
        "verify -- b --yes|'--yes': no options are read behind '--'; write it before",
        "import -r domains f.csv --mode delete --mode upsert|--mode is given twice",
        "import -r domains f.csv --rate 1/1s --max-outage 1m --max-outage 2m|--max-outage is given",
        "verify b --color always --color never|--color is given twice",
        "import -r domains -r block-senders f.csv|--resource",
        "import -r domains f.csv --results --resum|--results",
        "import -r block-senders f.csv --max-deletes 5|--max-deletes has no effect with --mode upsert",
        "import -r block-senders f.csv --mode delete --lint off|--lint has no effect with --mode delete",
        "import -r block-senders f.csv --mode update --allow-unprotect|--allow-unprotect has no effect",
        "import -r domains f.csv --mode create --no-safety-snapshot|--no-safety-snapshot has no effect",
        "import -r block-senders f.csv --mode mirror --allow-unprotect|it belongs to domains",
        "restore b --max-deletes 5%|it belongs to the modes mirror and delete",
        "restore b -r allow-policies --mode mirror --allow-unprotect|no effect on allow-policies",
        "import -r domains f.csv --base-url http://127.0.0.1:1/v4 --ca-file x.pem|--ca-file has no",
        "import -r domains https://feed.example/f.csv --base-url http://127.0.0.1:1/v4 --ca-file"
            + " no.pem|--ca-file no.pem is not a file of PEM certificates: there",
        "export -r domains --frobnicate --to b|unknown option '--frobnicate'",
        "export -r domain --to b|the nearest is 'domains'",
        "export --to b --out c|either --to DIR or --out FILE",
        "export -r domains --out c --keep 3|--keep goes with --to",
        "export -r domains --out c --excel-safe|--excel-safe goes with --format csv",
        "export -r domains --out c.xlsx|--out: no file of the kind .xlsx can be written; name it",
        "export -r domains --out c.TSV|--out: no file of the kind .tsv can be written",
        "export -r domains --out c.txt.gz --format csv|--out: no file of the kind .txt",
        "export -r domains --out c.csv --format jsonl|--format jsonl contradicts the ending .csv",
        "export -r domains --out c.json.gz --format csv|--format csv contradicts the ending .json",
        "export -r domains --out c.bak|--out: the ending .bak does not say how to write",
        "export -r domains --out c --format tsv|--format: unknown format 'tsv'",
        "export -r domains --to b --where staus=active|the nearest filter is 'status'",
        "export -r block-senders --to b --where pattern_type=EMIAL|the nearest value is 'EMAIL'",
        "export -r block-senders --to b --where pattern=|there is no value",
        "export -r domains,block-senders --to b --where pattern_type=IP|cannot be filtered by",
        "export -r domains --to b --where status=active --where status=failed|only once",
        "validate -r block-senders f.csv --set comment=x|the nearest is 'comments'",
        "validate -r block-senders f.csv --set comments=|there is no value",
        "validate -r block-senders f.csv --set created_at=2026|cannot be written",
        "validate -r block-senders f.csv --set comments=a --set Comments=b|names 'Comments' twice",
        "validate -r block-senders f.csv --set comments|write it as name=value",
        "validate -r block-senders f.csv --map A=pattern --map A=comments|names 'A' twice",
        "validate -r block-senders f.csv --map A=patern|the nearest is 'pattern'",
        "validate -r block-senders f.txt --map A=pattern|no effect on a plain list",
        "import -r domains f.csv --resume|--resume needs --results",
        "export --to b --config x|--config has no effect without --profile",
        "export --to b --account=|--account has no value",
        "export --to b --base-url=|--base-url has no value",
        "serve --data-dir=|--data-dir has no value",
        "serve --data-dir d --ca-file no.pem|--ca-file no.pem is not a file of PEM certificates: there",
        "import -r domains f.csv --results=|--results has no value",
        "serve --role operator|--role has no effect without --new-key",
        "serve --no-auth --new-key x|--no-auth does not go with --new-key",
        "serve --data-dir no;where --list-keys --verify-audit|--verify-audit does not go with --new-key",
        "serve --data-dir no;where --list-keys --listen 127.0.0.1:1|--listen has no effect with --list-keys",
        "serve --data-dir no;where --list-keys --config c.yaml|--config has no effect with --list-keys",
        "serve --data-dir no;where --verify-audit --log-format json|--log-format has no effect with --verify-audit",
        "serve --data-dir no;where --approval-drift 5%|--approval-drift has no effect without --require-approval",
        "serve --data-dir no;where --approval-expires 5h|--approval-expires has no effect without --require-approval",
        "serve --data-dir no;where --db-user u|--db-user has no effect without --db-url",
        "serve --data-dir no;where --allow-host https://a.example|--allow-host: 'https://a.example' is no name",
        "serve --data-dir no;where --allow-host a.example:8443|is no name of a host",
        "export -r domains --out c.csv --gzip|--gzip contradicts the name c.csv",
        "diff -r block-senders samples/block-senders.csv samples/with-faults.csv --rate 1/1s|--rate has no effect, since",
        "lint -r block-senders samples/block-senders.csv --allow-http|--allow-http has no effect, since",
        "explain -r block-senders samples/block-senders.csv --ip 192.0.2.1 --ca-file x|--ca-file has no"
      })
  void whatWouldHaveNoEffectIsRefused(String words, String said) throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "a-token-to-try");
    List<String> line = new ArrayList<>(List.of(words.split(" ")));
    if (words.contains("import")
        || words.contains("restore b -")
        || words.contains("--config has")) {
      line.addAll(List.of("--account", "a", "--token-file", token.toString()));
    }
    assertThat(refused(line)).contains(said);
  }

  /** A tab is a value: it is what separates the cells of many files. */
  @Test
  void aTabIsAValueAndBlanksAreNone() {
    List<String> tab =
        new ArrayList<>(List.of("validate", "-r", "domains", "none.csv", "--delimiter", "\t"));
    assertThat(refused(tab)).contains("none.csv").doesNotContain("--delimiter");
    tab.set(tab.size() - 1, "  ");
    assertThat(refused(tab)).contains("--delimiter has no value");
  }

  @Test
  void aDirectoryIsNamedAsSuchWhereAFileIsWanted() throws IOException {
    String plain = directory.toString();
    assertThat(refused(List.of("validate", "-r", "domains", plain)))
        .contains(plain + " is a directory", "name one file in it");
    Files.writeString(directory.resolve("manifest.json"), "{}");
    Path token = Files.writeString(directory.resolve("token"), "a-token-to-try");
    List<String> line = List.of("import", "-r", "domains", plain, "--account", "a");
    assertThat(
            refused(Stream.concat(line.stream(), Stream.of("--token-file", "" + token)).toList()))
        .contains(plain + " is a directory", "put it back with 'sluice restore'");
  }

  @Test
  void aFileIsNamedAsSuchWhereADirectoryIsWanted() throws IOException {
    String file = Files.writeString(directory.resolve("f.csv"), "domain\na.example\n").toString();
    Path token = Files.writeString(directory.resolve("token"), "a-token-to-try");
    List<String> account = List.of("--account", "a", "--token-file", token.toString());
    for (String results : List.of(file, file + "/below")) {
      List<String> line = new ArrayList<>(List.of("import", "-r", "domains", file));
      line.addAll(List.of("--results", results));
      line.addAll(account);
      assertThat(refused(line)).contains("--results wants a directory; '" + file + "' is none");
    }
    assertThat(refused(List.of("verify", file))).contains(file + " is a file, not a snapshot");
  }

  @Test
  void aNameThatBeginsWithAnAtSignIsTheNameOfAFile() throws IOException {
    Path options = Files.writeString(directory.resolve("options"), "--json --quiet");
    String said = refused(List.of("verify", "@" + options));
    assertThat(said).contains("there is no directory @" + options);
  }

  /** Runs what is refused as usage; what it said. */
  private static String refused(List<String> line) {
    PrintStream before = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, UTF_8));
    try {
      int exit = CommandLines.run(line.toArray(String[]::new));
      assertThat(exit).describedAs(err.toString(UTF_8)).isEqualTo(2);
    } finally {
      System.setErr(before);
    }
    return err.toString(UTF_8);
  }
}
