package dev.signalbox.rules.scenarios;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Where the scenarios of a file begin: what reads their fields forgets it. */
final class ScenarioLines {
  private static final YAMLFactory YAML = new YAMLFactory();

  private ScenarioLines() {}

  /** The lines, from 1, in the order of the scenarios; fewer where the file is not as it should. */
  static List<Integer> of(byte[] content) {
    var lines = new ArrayList<Integer>();
    try (var parser = YAML.createParser(content)) {
      boolean found = parser.nextToken() == JsonToken.START_OBJECT;
      while (found && parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals("scenarios");
        parser.nextToken();
        if (wanted && parser.currentToken() == JsonToken.START_ARRAY) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            lines.add(parser.currentTokenLocation().getLineNr());
            parser.skipChildren();
          }
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      // Who reads the fields says so.
    }
    return lines;
  }
}
