package dev.signalbox.ops.cli;

import dev.signalbox.ops.settings.BadSettings;
import dev.signalbox.rules.BadRuleset;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code signalbox}: the commands by name. */
@Command(
    name = "signalbox",
    description = "Routes the items that did not reconcile.",
    subcommands = {
      UpCommand.class,
      DemoCommand.class,
      LoadCommand.class,
      GenerateCommand.class,
      AuditCommand.class,
      BenchCommand.class,
      TestCommand.class,
      HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = SignalboxCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class SignalboxCommand implements Runnable {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      description = "Show where a failure came from.",
      scope = CommandLine.ScopeType.INHERIT)
  private boolean debug;

  SignalboxCommand() {
    spec = CommandSpec.create();
  }

  /** Runs a command line, and returns its exit status. */
  public static int run(String... arguments) {
    var root = new SignalboxCommand();
    return new CommandLine(root)
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(SignalboxCommand::misused)
        .setExecutionExceptionHandler(root::failed)
        .execute(arguments);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** One line, with the nearest match where there is one. */
  private static int misused(ParameterException e, String[] arguments) {
    var line = new StringBuilder(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    if (e instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      line.append(". Maybe ").append(unmatched.getSuggestions().getFirst());
    }
    line.append(". See: ")
        .append(e.getCommandLine().getCommandSpec().qualifiedName())
        .append(" --help");
    e.getCommandLine().getErr().println(line);
    return MISUSED;
  }

  private int failed(Exception e, CommandLine line, ParseResult parsed) {
    if (debug) {
      e.printStackTrace(line.getErr());
    }
    line.getErr().println(words(e));
    return FAILED;
  }

  private static String words(Throwable e) {
    @Nullable String message = e.getMessage();
    if (e instanceof BadRuleset bad) {
      return bad.findings().stream()
          .map(Object::toString)
          .collect(Collectors.joining(System.lineSeparator()));
    }
    boolean ours = e instanceof BadSettings || e instanceof IllegalStateException;
    if (ours && message != null) {
      return message;
    }
    return message == null ? e.getClass().getName() : message;
  }

  /** What {@code --version} says. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      var version = SignalboxCommand.class.getPackage().getImplementationVersion();
      return new String[] {"signalbox " + (version == null ? "(built here)" : version)};
    }
  }
}
