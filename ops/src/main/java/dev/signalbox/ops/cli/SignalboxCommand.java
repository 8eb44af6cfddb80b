package dev.signalbox.ops.cli;

import dev.signalbox.rules.BadRuleset;
import dev.signalbox.words.Nearest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
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
      RulesCommand.class,
      AuditCommand.class,
      KeysCommand.class,
      RosterCommand.class,
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
    return run(
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        arguments);
  }

  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    var root = new SignalboxCommand();
    return line(root)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(SignalboxCommand::misused)
        .setExecutionExceptionHandler(root::failed)
        .execute(arguments);
  }

  static CommandLine line(SignalboxCommand root) {
    var line = new CommandLine(root).registerConverter(Instant.class, SignalboxCommand::instant);
    everywhere(line, new Version());
    return line;
  }

  private static void everywhere(CommandLine line, Version version) {
    line.getCommandSpec().versionProvider(version);
    line.getSubcommands().values().forEach(below -> everywhere(below, version));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "\"%s\" is not an instant like 2026-03-02T06:00:00Z".formatted(text));
    }
  }

  /** Of this program, e.g. {@code 1.2.3}. */
  static String version() throws IOException {
    return Version.built().getProperty("version");
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** One line, with the nearest match where there is one. */
  private static int misused(ParameterException e, String[] arguments) {
    var spec = e.getCommandLine().getCommandSpec();
    var what = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    if (e instanceof UnmatchedArgumentException unmatched) {
      what = unknown(unmatched.getUnmatched().getFirst(), spec);
    } else if (e instanceof MissingParameterException) {
      // Something is missing, too: but what was mistyped is the better news.
      what =
          Stream.of(arguments)
              .filter(word -> word.startsWith("--") && !spec.optionsMap().containsKey(name(word)))
              .findFirst()
              .map(word -> unknown(word, spec))
              .orElse(what);
    }
    var end = what.endsWith(".") || what.endsWith("?") ? "" : ".";
    e.getCommandLine()
        .getErr()
        .println("%s%s See: %s --help".formatted(what, end, spec.qualifiedName()));
    return MISUSED;
  }

  static String unknown(String word, CommandSpec spec) {
    boolean option = word.startsWith("-");
    if (!option && spec.subcommands().isEmpty()) {
      return "\"%s\" is one argument too many".formatted(word);
    }
    var known =
        option
            ? spec.options().stream().flatMap(o -> Stream.of(o.names())).toList()
            : List.copyOf(spec.subcommands().keySet());
    return unknown(option ? "option" : "command", name(word), known);
  }

  /** One that is not among those that are known, and the nearest that is. */
  static String unknown(String what, String word, List<String> known) {
    var nearest = Nearest.to(word, known);
    return "There is no %s \"%s\"%s"
        .formatted(what, word, nearest == null ? "" : ". Maybe " + nearest);
  }

  private static String name(String word) {
    return word.replaceAll("=.*", "");
  }

  private int failed(Exception e, CommandLine line, ParseResult parsed) {
    if (debug) {
      e.printStackTrace(line.getErr());
    }
    line.getErr().println(words(e));
    return FAILED;
  }

  private static String words(Throwable e) {
    return switch (e) {
      case BadRuleset bad ->
          bad.findings().stream()
              .map(Object::toString)
              .collect(Collectors.joining(System.lineSeparator()));
      case NoSuchFileException none -> "The file %s does not exist.".formatted(none.getFile());
      case FileSystemException file ->
          "The file %s cannot be used%s."
              .formatted(file.getFile(), file.getReason() == null ? "" : ": " + file.getReason());
      case UncheckedIOException wrapped when wrapped.getCause() != null ->
          words(wrapped.getCause());
      case CompletionException wrapped when wrapped.getCause() != null -> words(wrapped.getCause());
      default -> {
        @Nullable String message = e.getMessage();
        yield message == null ? e.getClass().getSimpleName() + " (--debug shows where)" : message;
      }
    };
  }

  /** What {@code --version} says: the version, and the commit where the build knew it. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      var built = built();
      return new String[] {text(built.getProperty("version"), built.getProperty("commit"))};
    }

    static Properties built() throws IOException {
      try (var in = SignalboxCommand.class.getResourceAsStream("version.properties")) {
        var built = new Properties();
        built.load(in);
        return built;
      }
    }

    static String text(String version, String commit) {
      return "signalbox " + version + (commit.isEmpty() ? "" : " (" + commit + ")");
    }
  }
}
