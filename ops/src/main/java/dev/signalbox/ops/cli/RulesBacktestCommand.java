package dev.signalbox.ops.cli;

import dev.signalbox.backtest.Backtest;
import dev.signalbox.backtest.BacktestJson;
import dev.signalbox.ops.compare.BacktestPage;
import dev.signalbox.ops.compare.BacktestText;
import dev.signalbox.ops.compare.Compared;
import dev.signalbox.ops.findings.Format;
import dev.signalbox.ops.load.Loader;
import dev.signalbox.recall.Stretch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code signalbox rules backtest}: what a ruleset would have changed. */
@Command(
    name = "backtest",
    description =
        "Decides recorded exceptions, or reports in a file, with two rulesets, and shows what would"
            + " change.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:It is done, and every limit is kept.",
      "1:A limit is not kept, or it could not be done.",
      "2:The command was not understood."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  signalbox rules backtest rules-repo/rulesets/standard --since 30d --html changes.html",
      "  signalbox rules backtest new/ --against old/ --input reports.ndjson --max-changed 5%%"
    },
    mixinStandardHelpOptions = true)
final class RulesBacktestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RecordedOptions recorded = new RecordedOptions();
  @Mixin private FormatOption format = FormatOption.plain();

  @ArgGroup(validate = false, heading = "%nLimits, for builds:%n")
  private LimitOptions limits = new LimitOptions();

  @Parameters(paramLabel = "DIR", description = "The folder of the candidate.")
  private Path candidate = Path.of(".");

  @Option(
      names = "--against",
      paramLabel = "DIR|DIGEST",
      description =
          "What it is compared with: a folder, or the digest of an archived ruleset (default: the"
              + " active one).")
  private @Nullable String against;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Exceptions reported since: an instant, or how long ago, such as 30d.")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      description = "What was recorded before (default: now).")
  private @Nullable Instant until;

  @Option(names = "--context", paramLabel = "NAME", description = "Exceptions of one context.")
  private @Nullable String context;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "Reports, one in a line, instead of recorded exceptions.")
  private @Nullable Path input;

  @Option(
      names = "--as-of",
      paramLabel = "INSTANT",
      description = "With --input: when reports come in that do not say when they were detected.")
  private @Nullable Instant asOf;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page with all of it, too.")
  private @Nullable Path html;

  @Option(
      names = "--publish",
      description =
          "Keep the result at the instance, where the candidate was admitted; its number is what an"
              + " activation names.")
  private boolean publish;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "With --publish: the instance, as for audit verify.")
  private @Nullable String url;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "With --publish: a file with an author's API key (else: SIGNALBOX_KEY).")
  private @Nullable Path keyFile;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    var compared = input == null ? fromRecords() : fromFile(input);
    return told(compared.found(), compared.input());
  }

  private void check() {
    RulesetFolders.exists(spec, candidate);
    if (input != null && (since != null || until != null || context != null)) {
      throw wrong("--since, --until and --context are about recorded exceptions, not --input");
    }
    if (input == null && asOf != null) {
      throw wrong("--as-of goes with --input; recorded exceptions know when they were decided");
    }
    if (input != null && (against == null || !Files.isDirectory(Path.of(against)))) {
      throw wrong("With --input, --against names the folder to compare with");
    }
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  private Compared fromFile(Path file) throws IOException {
    try (var bar = AuditStream.bar("reports", Loader.countLines(file))) {
      return Compared.inFile(Path.of(String.valueOf(against)), candidate, file, asOf, bar::stepTo);
    }
  }

  private Compared fromRecords() {
    var now = Instant.now();
    var end = until == null ? now : until;
    var stretch = new Stretch(since == null ? Instant.EPOCH : Since.of(since, now), end, context);
    try (var bar = AuditStream.bar("exceptions", -1)) {
      return Compared.inRecords(
          recorded.settings(),
          against,
          candidate,
          stretch,
          (done, of) -> {
            bar.maxHint(of);
            bar.stepTo(done);
          });
    }
  }

  private int told(Backtest found, String from) throws IOException, InterruptedException {
    var out = spec.commandLine().getOut();
    var json = BacktestJson.write(found, from);
    var digest = BacktestJson.digest(json);
    var broken = limits.limits().broken(found);
    json.put("digest", digest.hex());
    var list = json.putArray("brokenLimits");
    broken.forEach(list::add);
    if (format.value() == Format.JSON) {
      out.println(json.toPrettyString());
    } else {
      BacktestText.of(found, from, digest).forEach(out::println);
    }
    if (html != null) {
      try (var page = Files.newBufferedWriter(html)) {
        BacktestPage.write(page, found, from, digest, broken);
      }
    }
    broken.forEach(spec.commandLine().getErr()::println);
    if (publish) {
      var path = "/v1/rulesets/%s/backtests".formatted(found.candidate().digest());
      var event = new Calls(ClientOptions.at(url, keyFile)).post(path, json);
      spec.commandLine().getErr().println("published as number " + event.path("number").asLong());
    }
    return broken.isEmpty() ? 0 : 1;
  }
}
