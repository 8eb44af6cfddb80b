package dev.signalbox.ops.cli;

import dev.signalbox.adapters.git.GitRevision;
import dev.signalbox.ops.author.DiffForms;
import dev.signalbox.ops.findings.Format;
import dev.signalbox.rules.RulesetFiles;
import dev.signalbox.rules.diff.RulesetDiff;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code signalbox rules diff}: what differs between two versions of a ruleset. */
@Command(
    name = "diff",
    description = "Says which rules, settings and scenarios differ between two versions.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:They were compared; with --exit-code: they are the same.",
      "1:With --exit-code: they differ in more than comments and format.",
      "2:The command was not understood, or there is no such folder or revision."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  signalbox rules diff rulesets/standard@main rulesets/standard",
      "  signalbox rules diff rulesets/standard@v1 rulesets/standard@HEAD --format json"
    },
    mixinStandardHelpOptions = true)
final class RulesDiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private FormatOption format = FormatOption.plain();

  @Parameters(
      index = "0",
      paramLabel = "A",
      description = "A folder, or a folder as of a git revision: DIR@REV.")
  private String was = "";

  @Parameters(index = "1", paramLabel = "B", description = "Another one.")
  private String now = "";

  @Option(names = "--exit-code", description = "End with 1 where they differ.")
  private boolean exitCode;

  @Override
  public Integer call() {
    var diff = RulesetDiff.of(files(was), files(now));
    var out = spec.commandLine().getOut();
    if (format.value() == Format.JSON) {
      out.println(DiffForms.json(diff).toPrettyString());
    } else {
      DiffForms.write(out, FormatOption.colours(), diff);
    }
    return exitCode && !diff.isEmpty() ? 1 : 0;
  }

  /** A folder whose name has an @ is a folder all the same. */
  private RulesetFiles files(String named) {
    int at = named.lastIndexOf('@');
    if (at < 0 || Files.isDirectory(Path.of(named))) {
      RulesetFolders.exists(spec, Path.of(named));
      return RulesetFiles.of(Path.of(named));
    }
    try {
      var files = GitRevision.files(Path.of(named.substring(0, at)), named.substring(at + 1));
      return RulesetFiles.of(named, files);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
