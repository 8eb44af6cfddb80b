package dev.signalbox.api.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What the server answered, which is as the contract says.
 *
 * @param request the method and the path, for messages
 * @param headers by name in lower case
 */
public record Reply(String request, int status, Map<String, String> headers, String body) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  /** The body, which is an object. */
  public ObjectNode json() {
    return object(body);
  }

  /** The bodies of a stream's answers. */
  public List<ObjectNode> lines() {
    return body.lines().map(Reply::object).toList();
  }

  /** The items of a list. */
  public List<JsonNode> items() {
    return StreamSupport.stream(json().path("items").spliterator(), false).toList();
  }

  /** A field of the body as text. */
  public String text(String field) {
    var value = json().get(field);
    assertThat(value).as("%s in %s", field, this).isNotNull();
    return value.asText();
  }

  public Reply is(int expected) {
    assertThat(status).as(toString()).isEqualTo(expected);
    return this;
  }

  /** It is a problem, told in these words and no others. */
  public Reply isProblem(int expected, String code, String detail) {
    isProblem(expected, code);
    assertThat(text("detail")).isEqualTo(detail);
    return this;
  }

  public Reply isProblem(int expected, String code) {
    is(expected);
    assertThat(header("content-type")).as(toString()).isEqualTo("application/problem+json");
    assertThat(text("code")).as(toString()).isEqualTo(code);
    return this;
  }

  /** The faults as {@code pointer CODE}. */
  public List<String> faults() {
    return faults(json());
  }

  /** The faults of a problem as {@code pointer CODE}. */
  public static List<String> faults(JsonNode problem) {
    return StreamSupport.stream(problem.path("errors").spliterator(), false)
        .map(fault -> fault.path("pointer").asText() + " " + fault.path("code").asText())
        .toList();
  }

  private static ObjectNode object(String text) {
    try {
      if (JSON.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + text, e);
    }
    throw new AssertionError("Not an object: " + text);
  }

  @Override
  public String toString() {
    return "%s → %d %s %s".formatted(request, status, headers, body);
  }
}
