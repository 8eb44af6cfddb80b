package dev.signalbox.rules.yaml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.signalbox.rules.Finding;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * In which line of a YAML file a field stands, so that what is wrong with it can be shown there.
 */
public final class YamlLines {
  /** How {@link YamlFields#fault} begins. */
  private static final Pattern PATH = Pattern.compile("\"([^\"]+)\" .*");

  private final Map<String, Integer> lines;

  private YamlLines(Map<String, Integer> lines) {
    this.lines = lines;
  }

  /** Of what is no YAML, as far as it can be read. */
  public static YamlLines of(byte[] content) {
    var lines = new HashMap<String, Integer>();
    try (var parser = new YAMLFactory().createParser(content)) {
      read(parser, lines);
    } catch (IOException e) {
      // Whoever read it as fields has told so.
    }
    return new YamlLines(lines);
  }

  private static void read(JsonParser parser, Map<String, Integer> lines) throws IOException {
    var path = new ArrayDeque<String>();
    var field = "";
    for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (token == JsonToken.FIELD_NAME) {
        field = parser.currentName();
        var before = path.isEmpty() ? "" : path.peek();
        lines.putIfAbsent(before + field, parser.currentTokenLocation().getLineNr());
      } else if (token == JsonToken.START_OBJECT) {
        path.push(path.isEmpty() ? "" : path.peek() + field + ".");
      } else if (token == JsonToken.END_OBJECT) {
        path.pop();
      }
    }
  }

  /** The finding with the line of the field that it is about, where that is known. */
  public Finding placed(Finding finding) {
    var path = PATH.matcher(finding.what());
    var line = finding.line() == 0 && path.matches() ? lines.get(path.group(1)) : null;
    return line == null
        ? finding
        : new Finding(finding.file(), line, 0, finding.rule(), finding.what());
  }
}
