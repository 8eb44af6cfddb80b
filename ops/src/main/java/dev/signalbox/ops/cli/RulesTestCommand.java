package dev.signalbox.ops.cli;

import dev.signalbox.ops.author.Trial;
import dev.signalbox.ops.findings.TestForms;
import dev.signalbox.ops.findings.Tested;
import dev.signalbox.rules.scenarios.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code signalbox rules test}: runs the scenarios of rulesets. */
@Command(
    name = "test",
    description = "Runs the scenarios of rulesets, and names the rules that none of them fires.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:All passed, and every rule fired; with --run: those that ran passed.",
      "1:A scenario failed, a rule never fired, or the ruleset cannot be used.",
      "2:The command was not understood, or there is no such folder or scenario."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  signalbox rules test rules-repo/rulesets/standard",
      "  signalbox rules test --run payroll rules-repo/rulesets/standard",
      "  signalbox rules test --format junit rulesets/* > TEST-rules.xml"
    },
    mixinStandardHelpOptions = true)
final class RulesTestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RulesetFolders folders = new RulesetFolders();
  @Mixin private FormatOption format = FormatOption.ofFindings();

  @Option(
      names = "--run",
      paramLabel = "FILTER",
      description = {
        "Only scenarios whose name or file has this in it,",
        "or matches it where it has * or ?."
      })
  private @Nullable String run;

  @Override
  public Integer call() throws IOException {
    var filter = run == null ? null : filter(run);
    var tested = folders.of(spec).stream().map((Path folder) -> Trial.of(folder, filter)).toList();
    if (run != null && isIdle(tested)) {
      throw new ParameterException(
          spec.commandLine(), "No scenario is called anything like \"%s\".".formatted(run));
    }
    TestForms.write(
        spec.commandLine().getOut(),
        format.value(),
        FormatOption.colours(),
        SignalboxCommand.version(),
        tested);
    return tested.stream().allMatch(Tested::passed) ? 0 : 1;
  }

  private static boolean isIdle(List<Tested> all) {
    return all.stream().allMatch(one -> one.passed() && one.scenarios().isEmpty());
  }

  private static Predicate<Scenario> filter(String text) {
    var pattern =
        Pattern.compile(
            text.contains("*") || text.contains("?")
                ? glob(text)
                : ".*" + Pattern.quote(text) + ".*",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    return scenario ->
        pattern.matcher(scenario.name()).matches() || pattern.matcher(scenario.file()).matches();
  }

  private static String glob(String text) {
    var pattern = new StringBuilder();
    text.chars()
        .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
        .forEach(pattern::append);
    return pattern.toString();
  }
}
