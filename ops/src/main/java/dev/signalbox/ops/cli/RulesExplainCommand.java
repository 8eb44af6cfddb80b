package dev.signalbox.ops.cli;

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
import org.jspecify.annotations.Nullable;
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
      "1:The ruleset or the facts cannot be used.",
      "2:The command was not understood, or there is no such folder, file or rule."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  signalbox rules explain rules-repo/rulesets/standard --facts report.json",
      "  echo '{amount: \"500.00\", age: 3d}' | signalbox rules explain --facts -",
      "  signalbox rules explain --facts report.json --rule route-junior"
    },
    mixinStandardHelpOptions = true)
final class RulesExplainCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private FormatOption format = FormatOption.plain();

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "The folder of the ruleset (default: the one this program comes with).")
  private @Nullable Path folder;

  @Option(
      names = "--facts",
      paramLabel = "FILE",
      required = true,
      description = {
        "A report in JSON, as the API takes it, or what a scenario gives, in YAML;",
        "- for the standard input."
      })
  private String facts = "-";

  @Option(
      names = "--as-of",
      paramLabel = "INSTANT",
      description = "What the rules take for now (default: what the file says, or now).")
  private @Nullable Instant asOf;

  @Option(names = "--rule", paramLabel = "ID", description = "Only about this rule.")
  private @Nullable String rule;

  @Override
  public void run() {
    var of = folder == null ? RulesetFolders.standard() : folder;
    RulesetFolders.exists(spec, of);
    var content = content();
    try (var rulebook = Rulesets.load(of)) {
      if (rule != null && !rulebook.ruleIds().contains(rule)) {
        throw new ParameterException(
            spec.commandLine(), SignalboxCommand.unknown("rule", rule, rulebook.ruleIds()));
      }
      var given = FactsFile.read(facts, content, rulebook.reportingCurrency(), asOf, Instant.now());
      var explanation = Explanation.of(rulebook, given.question(), given.proposal());
      write(of, rulebook, given, rule == null ? explanation : explanation.about(rule));
    }
  }

  private void write(Path of, Rulebook rulebook, GivenFile given, Explanation explanation) {
    var out = spec.commandLine().getOut();
    if (format.value() == Format.JSON) {
      out.println(
          ExplanationJson.of(of.toString(), rulebook, given.question().asOf(), explanation)
              .toPrettyString());
    } else {
      new ExplanationLines(out, FormatOption.colours(), of.toString()).write(explanation);
    }
  }

  private byte[] content() {
    try {
      return facts.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(facts));
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "There is no file \"%s\" that can be read.".formatted(facts), e);
    }
  }
}
