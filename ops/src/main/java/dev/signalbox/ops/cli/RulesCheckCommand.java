package dev.signalbox.ops.cli;

import dev.signalbox.ops.author.Check;
import dev.signalbox.ops.findings.CheckForms;
import dev.signalbox.ops.findings.Checked;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code signalbox rules check}: everything that is wrong with rulesets. */
@Command(
    name = "check",
    description = "Says everything that is wrong with rulesets, with file, line and column.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:Nothing is wrong.",
      "1:There are errors; with --strict, or warnings.",
      "2:The command was not understood, or there is no such folder."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  signalbox rules check rules-repo/rulesets/standard",
      "  signalbox rules check --format sarif rulesets/* > rules.sarif"
    },
    mixinStandardHelpOptions = true)
final class RulesCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RulesetFolders folders = new RulesetFolders();
  @Mixin private FormatOption format = FormatOption.ofFindings();

  @Option(names = "--strict", description = "Warnings count as errors.")
  private boolean strict;

  @Override
  public Integer call() throws IOException {
    var checked = folders.of(spec).stream().map(Check::of).toList();
    CheckForms.write(
        spec.commandLine().getOut(),
        format.value(),
        FormatOption.colours(),
        SignalboxCommand.version(),
        checked);
    return checked.stream().allMatch(this::passes) ? 0 : 1;
  }

  private boolean passes(Checked checked) {
    return checked.errors() == 0 && (!strict || checked.warnings() == 0);
  }
}
