package dev.signalbox.ops.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.ops.author.ExplanationJson;
import dev.signalbox.ops.author.ExplanationLines;
import dev.signalbox.ops.author.FactsFile;
import dev.signalbox.ops.findings.Format;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.Rulesets;
import dev.signalbox.rules.explain.Explanation;
import dev.signalbox.rules.scenarios.GivenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
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

/** {@code signalbox rules explain}: what a ruleset decides for one exception, and why. */
@Command(
    name = "explain",
    description = {
      "Says what a ruleset decides for one exception: the facts as rules see them,",
      "the rules that fired, and for each other rule the first condition that failed."
    },
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:It is explained.",
      "1:The ruleset or the facts cannot be used, or the instance does not give the decision.",
      "2:The command was not understood, or there is no such folder, file or rule."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  signalbox rules explain rules-repo/rulesets/standard --facts report.json",
      "  echo '{amount: \"500.00\", age: 3d}' | signalbox rules explain --facts -",
      "  signalbox rules explain --facts report.json --rule route-junior",
      "  signalbox rules explain --case 6f9619ff-8b86-d011-b42d-00c04fc964ff"
    },
    mixinStandardHelpOptions = true)
final class RulesExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private FormatOption format = FormatOption.plain();

  @ArgGroup(multiplicity = "1")
  private Asked asked = new Asked();

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = {
        "The folder of the ruleset (default: the one this program comes with;",
        "with --case, the one that decided)."
      })
  private @Nullable Path folder;

  /** One of them. */
  static final class Asked {
    @Option(
        names = "--facts",
        paramLabel = "FILE",
        description = {
          "A report in JSON, as the API takes it, or what a scenario gives, in YAML;",
          "- for the standard input."
        })
    private @Nullable String facts;

    @Option(
        names = "--case",
        paramLabel = "ID",
        description = "An exception of a running instance: what was decided about it last.")
    private @Nullable UUID exception;
  }

  @Option(
      names = "--as-of",
      paramLabel = "INSTANT",
      description = "What the rules take for now (default: what the file says, or now).")
  private @Nullable Instant asOf;

  @Option(
      names = "--seq",
      paramLabel = "N",
      description = "With --case: of the decisions up to row N of its journal, the last.")
  private @Nullable Long seq;

  @Option(names = "--rule", paramLabel = "ID", description = "Only about this rule.")
  private @Nullable String rule;

  @ArgGroup(validate = false, heading = "%nWith --case:%n")
  private ClientOptions client = new ClientOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (folder != null) {
      RulesetFolders.exists(spec, folder);
    }
    if (asked.exception != null) {
      recorded(asked.exception);
    } else {
      given(String.valueOf(asked.facts));
    }
    return 0;
  }

  private void given(String facts) {
    if (seq != null) {
      throw wrong("--seq goes with --case");
    }
    var of = folder == null ? RulesetFolders.standard() : folder;
    RulesetFolders.exists(spec, of);
    var content = content(facts);
    try (var rulebook = Rulesets.load(of)) {
      var given = FactsFile.read(facts, content, rulebook.reportingCurrency(), asOf, Instant.now());
      write(of.toString(), rulebook, given, null);
    }
  }

  private void recorded(UUID exception) throws IOException, InterruptedException {
    if (asOf != null) {
      throw wrong("--as-of goes with --facts; a recorded decision knows when it was made");
    }
    var calls = new Calls(client);
    var decision = RecordedDecision.of(calls, exception, seq);
    var given = new GivenFile(decision.question(), null);
    try (var rulebook =
        folder == null ? Rulesets.load(decision.archived(calls)) : Rulesets.load(folder)) {
      var of = folder == null ? rulebook.label() : folder.toString();
      write(of, rulebook, given, decision);
    }
  }

  private void write(
      String of, Rulebook rulebook, GivenFile given, @Nullable RecordedDecision decision) {
    if (rule != null && !rulebook.ruleIds().contains(rule)) {
      throw new ParameterException(
          spec.commandLine(), SignalboxCommand.unknown("rule", rule, rulebook.ruleIds()));
    }
    var whole = Explanation.of(rulebook, given.question(), given.proposal());
    var explanation = rule == null ? whole : whole.about(rule);
    var out = spec.commandLine().getOut();
    if (format.value() == Format.JSON) {
      var json = ExplanationJson.of(of, rulebook, given.question().asOf(), explanation);
      if (decision != null) {
        describe(json, decision);
      }
      out.println(json.toPrettyString());
    } else {
      if (decision != null) {
        out.println(
            "exception %s, row %d: %s at %s, decided by %s, explained under %s"
                .formatted(
                    decision.exception(),
                    decision.seq(),
                    decision.occasion(),
                    decision.at(),
                    decision.ruleset(),
                    of));
      }
      new ExplanationLines(out, FormatOption.colours(), of).write(explanation);
    }
  }

  private static void describe(ObjectNode json, RecordedDecision decision) {
    json.put("exception", decision.exception().toString())
        .put("seq", decision.seq())
        .put("occasion", decision.occasion())
        .put("at", decision.at().toString())
        .put("decidedBy", decision.ruleset().hex());
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  private byte[] content(String facts) {
    try {
      return facts.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(facts));
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "There is no file \"%s\" that can be read.".formatted(facts), e);
    }
  }
}
