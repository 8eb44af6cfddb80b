package dev.signalbox.ops.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.testkit.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What the program logs meanwhile, from INFO on, as the program would write it. */
public final class LogLines implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.signalbox");
  private final Appender appender = new Appender(programsEncoder());

  private LogLines() {}

  public static LogLines begin() {
    var lines = new LogLines();
    lines.appender.setContext(lines.logger.getLoggerContext());
    lines.appender.start();
    lines.logger.setLevel(Level.INFO);
    lines.logger.addAppender(lines.appender);
    return lines;
  }

  /** From the program's own logback.xml, which tests replace by one for people. */
  private static Encoder<ILoggingEvent> programsEncoder() {
    var context = new LoggerContext();
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(LogLines.class.getResource("/logback.xml"));
    } catch (JoranException e) {
      throw new IllegalStateException(e);
    }
    var console =
        (ConsoleAppender<ILoggingEvent>)
            context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("JSON");
    return console.getEncoder();
  }

  /** The lines so far. */
  public List<JsonNode> all() {
    return List.copyOf(appender.lines);
  }

  /** Those whose message begins so, when there is one: a request is logged after its answer. */
  public List<JsonNode> awaitBeginning(String with) {
    Until.holds(() -> !beginning(with).isEmpty());
    return beginning(with);
  }

  /** Those whose message begins so. */
  public List<JsonNode> beginning(String with) {
    return all().stream()
        .filter(line -> line.path("formattedMessage").asText().startsWith(with))
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    logger.setLevel(null);
  }

  private static final class Appender extends AppenderBase<ILoggingEvent> {
    private final Encoder<ILoggingEvent> encoder;
    private final List<JsonNode> lines = new CopyOnWriteArrayList<>();

    Appender(Encoder<ILoggingEvent> encoder) {
      this.encoder = encoder;
    }

    @Override
    protected void append(ILoggingEvent event) {
      try {
        lines.add(JSON.readTree(encoder.encode(event)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
