package dev.signalbox.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.ops.compare.ShadowText;
import dev.signalbox.ops.findings.Format;
import dev.signalbox.rules.Hours;
import dev.signalbox.rules.RulesetFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code signalbox rules shadow}: a candidate is asked about live traffic, and nothing follows. */
@Command(
    name = "shadow",
    description = "Asks a ruleset about live traffic, beside the one that decides.",
    subcommands = {
      RulesShadowCommand.Start.class,
      RulesShadowCommand.Show.class,
      RulesShadowCommand.Stop.class
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class RulesShadowCommand implements Runnable {
  private static final String EXIT = "Exit status:%n";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: signalbox rules shadow %s"
            .formatted(String.join(", ", spec.subcommands().keySet())));
  }

  /** {@code start}. */
  @Command(
      name = "start",
      description = {
        "Has a ruleset that was admitted, and does not decide, asked about what is decided",
        "from now on. Nothing follows from what it says; it is counted in what it differs."
      },
      exitCodeListHeading = EXIT,
      exitCodeList = {
        "0:It is asked.",
        "1:It is not, and why.",
        "2:The command was not understood, or there is no such folder."
      },
      footerHeading = "%nExample:%n",
      footer = "  signalbox rules shadow start rules/payments --why \"New queue.\" --for 24h",
      mixinStandardHelpOptions = true)
  static final class Start implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
        paramLabel = "DIR|DIGEST",
        description = "The ruleset: its folder, or the digest under which it was admitted.")
    private String ruleset = "";

    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "The reason.")
    private String why = "";

    @ArgGroup private End end = new End();

    @Option(
        names = "--sample",
        paramLabel = "PART",
        description = "Which part of the exceptions, e.g. 0.25 (default: all).")
    private @Nullable Double sample;

    @Option(
        names = "--share",
        paramLabel = "PART",
        description = {
          "Which part of the time of one processor, on each node (default: 0.1; at most",
          "0.5). What there is no time for is counted, and left out."
        })
    private @Nullable Double share;

    @Mixin private FormatOption format = FormatOption.plain();
    @Mixin private ClientOptions client = new ClientOptions();

    /** One of them. */
    static final class End {
      @Option(
          names = "--for",
          paramLabel = "DURATION",
          converter = Length.class,
          description = "How long, e.g. 24h (default) or 7d; at most 31d.")
      private @Nullable Duration length;

      @Option(names = "--until", paramLabel = "INSTANT", description = "When it ends.")
      private @Nullable Instant until;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
      var body = JsonNodeFactory.instance.objectNode().put("why", why);
      if (end.length != null) {
        body.put("for", end.length.toString());
      }
      if (end.until != null) {
        body.put("until", end.until.toString());
      }
      if (sample != null) {
        body.put("sample", sample);
      }
      if (share != null) {
        body.put("share", share);
      }
      var path = "/v1/rulesets/%s/shadow".formatted(digest(spec, ruleset));
      tell(spec, format, new Calls(client).post(path, body));
      return 0;
    }
  }

  /** {@code show}. */
  @Command(
      name = "show",
      description = "Shows what a ruleset said beside the one that decided.",
      exitCodeListHeading = EXIT,
      exitCodeList = {
        "0:It is shown.",
        "1:It was never asked, or the instance does not say.",
        "2:The command was not understood, or there is no such folder."
      },
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
        paramLabel = "DIR|DIGEST",
        arity = "0..1",
        description = "The ruleset (default: the one that was asked last).")
    private @Nullable String ruleset;

    @Mixin private FormatOption format = FormatOption.plain();
    @Mixin private ClientOptions client = new ClientOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
      var calls = new Calls(client);
      var digest = ruleset == null ? last(calls) : digest(spec, ruleset);
      tell(spec, format, calls.get("/v1/rulesets/%s/shadow".formatted(digest)));
      return 0;
    }
  }

  /** {@code stop}. */
  @Command(
      name = "stop",
      description = "Has it asked no more, and shows what it said.",
      exitCodeListHeading = EXIT,
      exitCodeList = {
        "0:It is asked no more.",
        "1:It was not asked, or the instance refuses.",
        "2:The command was not understood, or there is no such folder."
      },
      mixinStandardHelpOptions = true)
  static final class Stop implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
        paramLabel = "DIR|DIGEST",
        arity = "0..1",
        description = "The ruleset (default: the one that is asked).")
    private @Nullable String ruleset;

    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "The reason.")
    private String why = "";

    @Mixin private FormatOption format = FormatOption.plain();
    @Mixin private ClientOptions client = new ClientOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
      var calls = new Calls(client);
      var digest = ruleset == null ? last(calls) : digest(spec, ruleset);
      var body = JsonNodeFactory.instance.objectNode().put("why", why);
      tell(spec, format, calls.post("/v1/rulesets/%s/shadow/stop".formatted(digest), body));
      return 0;
    }
  }

  private static String digest(CommandSpec spec, String ruleset) {
    if (ruleset.matches("[0-9a-f]{64}")) {
      return ruleset;
    }
    var folder = Path.of(ruleset);
    RulesetFolders.exists(spec, folder);
    return RulesetFiles.of(folder).digest().hex();
  }

  private static String last(Calls calls) throws IOException, InterruptedException {
    var last = calls.get("/v1/rulesets").path("shadow");
    if (last.isMissingNode()) {
      throw new IllegalStateException("No ruleset was ever asked beside another there.");
    }
    return last.path("digest").asText();
  }

  private static void tell(CommandSpec spec, FormatOption format, JsonNode shadow) {
    var out = spec.commandLine().getOut();
    if (format.value() == Format.JSON) {
      out.println(shadow.toPrettyString());
    } else {
      ShadowText.of(shadow).forEach(out::println);
    }
  }

  /** As rule authors write durations. */
  static final class Length implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      var length = Hours.parse(text);
      if (length == null) {
        throw new TypeConversionException("it is " + Hours.FORM);
      }
      return length;
    }
  }
}
