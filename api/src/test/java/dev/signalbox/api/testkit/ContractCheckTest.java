package dev.signalbox.api.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The watcher is watched: what the contract does not say is not let through. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ContractCheckTest {
  private static final String JSON = "application/json";
  private static final String PROBLEM =
      """
      {"type":"t","title":"t","status":%d,"detail":"d","code":"C","message":"d"}\
      """;

  private final ContractCheck contract = ContractCheck.load();

  private void check(String path, int status, String type, String body) {
    var reply = new Reply("GET " + path, status, Map.of("content-type", type), body);
    contract.check("GET", path, reply);
  }

  @Test
  void an_answer_that_is_declared_passes() {
    assertThatCode(() -> check("/health/live", 200, JSON, "{\"status\":\"up\"}"))
        .doesNotThrowAnyException();
    assertThatCode(
            () -> check("/v1/status", 401, "application/problem+json", PROBLEM.formatted(401)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "201 | application/json | {'status':'up'}",
        "500 | application/json | {'status':'up'}",
        "200 | text/plain | {'status':'up'}",
        "200 | application/json | {'status':'asleep'}",
        "200 | application/json | {'status':'up','mood':'good'}",
        "200 | application/json | {}",
        "200 | application/json | []"
      })
  void an_answer_that_is_not_declared_fails(int status, String type, String body) {
    assertThatThrownBy(() -> check("/health/live", status, type, body.replace('\'', '"')))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void what_only_the_default_covers_fails() {
    assertThatThrownBy(
            () -> check("/v1/status", 500, "application/problem+json", PROBLEM.formatted(500)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("undeclared status");
  }

  @Test
  void a_problem_that_tells_another_status_fails() {
    assertThatThrownBy(
            () -> check("/v1/status", 401, "application/problem+json", PROBLEM.formatted(403)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void a_path_that_is_not_declared_is_not_found() {
    assertThatThrownBy(() -> check("/v2", 200, JSON, "{}")).isInstanceOf(AssertionError.class);
    assertThatCode(() -> check("/v2", 404, "application/problem+json", PROBLEM.formatted(404)))
        .doesNotThrowAnyException();
  }
}
