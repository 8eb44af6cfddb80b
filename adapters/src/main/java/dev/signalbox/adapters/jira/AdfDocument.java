package dev.signalbox.adapters.jira;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.adapters.http.OutsideJson;
import java.util.Map;

/**
 * A description in the <a
 * href="https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/">Atlassian
 * Document Format</a>. Text stays text: nothing in it is taken for markup.
 *
 * <p>JIRA refuses descriptions over 32,767 characters, and a refused creation may still use up an
 * issue number. So the whole document stays below, counted as it is sent, and says where it was
 * cut.
 */
final class AdfDocument {
  static final int LENGTH_MAX = 32_767;

  /** The document's frame, and the note that it was cut. */
  private static final int RESERVED = 500;

  /** A block with less text than this is not worth its heading. */
  private static final int WORTHWHILE = 200;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ArrayNode content = JSON.arrayNode();
  private int room = LENGTH_MAX - RESERVED;
  private boolean cut;

  /** A list of names and values. */
  AdfDocument facts(Map<String, String> facts) {
    var list = node("bulletList");
    var items = list.putArray("content");
    facts.forEach((name, value) -> {
      var item = items.addObject().put("type", "listItem").putArray("content").addObject();
      var text = item.put("type", "paragraph").putArray("content");
      var label = text(name + ": ");
      label.putArray("marks").addObject().put("type", "strong");
      text.add(label).add(text(value));
    });
    add(list);
    return this;
  }

  /** Text as it is, under a heading; nothing at all when it is blank. */
  AdfDocument verbatim(String title, String text) {
    if (text.isBlank()) {
      return this;
    }
    var heading = node("heading");
    heading.putObject("attrs").put("level", 3);
    heading.putArray("content").add(text(title));
    int frame = length(heading) + length(code("")) + 2;
    if (cut || room < frame + Math.min(WORTHWHILE, sentLength(text))) {
      cut = true;
      return this;
    }
    var fitting = beginning(text, room - frame);
    add(heading);
    add(code(fitting));
    cut = fitting.length() < text.length();
    return this;
  }

  /** The document; with a note at its end when something had no room. */
  ObjectNode end(String note) {
    if (cut) {
      var paragraph = node("paragraph");
      paragraph.putArray("content").add(text(note));
      content.add(paragraph);
    }
    var document = JSON.objectNode().put("type", "doc").put("version", 1);
    document.set("content", content);
    return document;
  }

  private void add(ObjectNode block) {
    room -= length(block) + 1;
    content.add(block);
  }

  private static ObjectNode code(String text) {
    var block = node("codeBlock");
    block.putArray("content").add(text(text));
    return block;
  }

  private static ObjectNode node(String type) {
    return JSON.objectNode().put("type", type);
  }

  private static ObjectNode text(String text) {
    return node("text").put("text", text);
  }

  private static int length(ObjectNode node) {
    return OutsideJson.text(node).length();
  }

  private static int sentLength(String text) {
    return text.codePoints().map(AdfDocument::sentLength).sum();
  }

  /** As JSON writes it. */
  private static int sentLength(int c) {
    boolean escaped = c == '"' || c == '\\' || c < ' ';
    return escaped ? 2 : Character.charCount(c);
  }

  private static String beginning(String text, int most) {
    int end = 0;
    int length = 0;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      length += sentLength(c);
      if (length > most) {
        return text.substring(0, end);
      }
      end += Character.charCount(c);
    }
    return text;
  }
}
