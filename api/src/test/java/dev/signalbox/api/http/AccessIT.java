package dev.signalbox.api.http;

import static dev.signalbox.api.testkit.ReportText.report;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.access.Permission;
import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.Reply;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, and what is not there at all. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AccessIT {
  private static final String NOBODY = "6f9619ff-8b86-d011-b42d-00c04fc964ff";
  private static final List<String> OPEN =
      List.of("/health/live", "/health/ready", "/openapi.yaml");

  private static ApiBox box;

  @BeforeAll
  static void open() {
    box = ApiBox.open();
  }

  @AfterAll
  static void close() {
    box.close();
  }

  /** What the contract has, as it is called: method and path with an id in it. */
  private static List<Map.Entry<String, String>> operations() {
    var operations = new ArrayList<Map.Entry<String, String>>();
    for (var path : box.anybody().contract().contract().path("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(method -> operations.add(Map.entry(method, path.getKey())));
    }
    return operations;
  }

  private static String real(String template) {
    return template.replace("{target}", "webhook").replaceAll("\\{\\w+}", NOBODY);
  }

  @Test
  void every_call_needs_a_key_but_health_and_the_contract() {
    for (var operation : operations()) {
      var path = real(operation.getValue());
      var method = HttpMethod.valueOf(operation.getKey().toUpperCase(Locale.ROOT));
      var reply = box.anybody().send(method, path, new byte[0]);
      if (OPEN.contains(path)) {
        reply.is(200);
      } else if (path.startsWith("/callbacks/")) {
        reply.isProblem(404, "NOT_FOUND");
      } else {
        reply.isProblem(
            401, "UNAUTHENTICATED", "The call needs a valid key: \"Authorization: Bearer KEY\".");
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"signalbox\"");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer sbx_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "Basic YWRtaW46YWRtaW4=",
        "bearer ' OR 1=1 --",
      })
  void what_is_no_key_lets_nobody_in(String authorization) {
    box.anybody()
        .with("Authorization", authorization)
        .get("/v1/exceptions")
        .isProblem(401, "UNAUTHENTICATED");
    box.anybody()
        .with("Authorization", "Bearer " + "x".repeat(10_000))
        .get("/v1/exceptions")
        .isProblem(401, "UNAUTHENTICATED");
  }

  /** The permission that an operation needs, as the contract says; null for the open ones. */
  private static @Nullable Permission permission(Map.Entry<String, String> operation) {
    var name =
        box.anybody()
            .contract()
            .contract()
            .path("paths")
            .path(operation.getValue())
            .path(operation.getKey())
            .path("x-permission")
            .textValue();
    return name == null ? null : Permission.valueOf(name);
  }

  @Test
  void every_operation_says_what_a_caller_must_be_allowed_but_the_open_ones() {
    for (var operation : operations()) {
      var path = operation.getValue();
      boolean isOpen = OPEN.contains(path) || path.startsWith("/callbacks/");
      assertThat(permission(operation) == null).as(operation.toString()).isEqualTo(isOpen);
    }
  }

  @Test
  void every_role_may_do_what_the_table_says_and_nothing_else() {
    var id = box.reporter().reports(report("read")).is(201).text("id");
    int allowed = 0;
    int refused = 0;
    for (var operation : operations()) {
      var needed = permission(operation);
      for (var role : needed == null ? List.<Role>of() : List.of(Role.values())) {
        var path = real(operation.getValue());
        boolean isRead = operation.getKey().equals("get");
        var method = HttpMethod.valueOf(operation.getKey().toUpperCase(Locale.ROOT));
        var reply =
            isRead
                ? box.as(role).client().get(path.replace(NOBODY, id))
                : box.as(role)
                    .client()
                    .with("Content-Type", "application/json")
                    .send(method, path, "{\"x\":1}".getBytes(UTF_8));
        if (needed != null && needed.roles().contains(role)) {
          // Whoever is told to look for rulesets takes whatever a git server sends along.
          boolean isDone = isRead || path.equals("/v1/rulesets/refresh");
          assertThat(reply.status()).as(reply.toString()).isIn(404, isDone ? 200 : 400);
          allowed++;
        } else {
          var problem = reply.isProblem(403, "FORBIDDEN");
          assertThat(problem.text("detail"))
              .contains("is %s here".formatted(role.word()))
              .contains(Role.ADMIN.word());
          refused++;
        }
      }
    }
    System.out.printf("roles x operations: %d allowed, %d refused%n", allowed, refused);
    assertThat(refused).isGreaterThan(allowed / 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v1", "/v2/exceptions", "/v1/exceptions/1/2/3", "/health"})
  void what_is_not_there_is_not_found(String path) {
    box.anybody().get(path).isProblem(404, "NOT_FOUND", "There is nothing at this path.");
    box.as(Role.ADMIN).posts(path, "{}").isProblem(404, "NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE | /v1/exceptions | GET, HEAD, POST",
        "PATCH | /v1/exceptions/6f9619ff-8b86-d011-b42d-00c04fc964ff | GET, HEAD",
        "GET | /v1/exceptions/6f9619ff-8b86-d011-b42d-00c04fc964ff/clear | POST",
        "POST | /v1/rulesets | GET, HEAD",
        "POST | /health/live | GET, HEAD",
        "BREW | /v1/exceptions | GET, HEAD, POST",
        "PUT | /callbacks/webhook | POST",
        "OPTIONS | /metrics | GET, HEAD"
      })
  void a_wrong_method_is_told_the_right_ones(String method, String path, String allowed) {
    var refused =
        box.anybody()
            .send(HttpMethod.valueOf(method), path, new byte[0])
            .isProblem(405, "METHOD", "This path takes %s.".formatted(allowed));

    assertThat(refused.header("Allow")).isEqualTo(allowed);
  }

  @Test
  void a_head_is_the_answer_to_a_get_without_its_body() {
    var id = box.reporter().reports(report("head")).is(201).text("id");
    for (var path : List.of("/v1/exceptions/" + id, "/health/ready", "/openapi.yaml", "/metrics")) {
      var full = box.viewer().client().get(path).is(200);

      var head = box.viewer().client().send(HttpMethod.HEAD, path, new byte[0]).is(200);

      assertThat(head.header("content-type")).isEqualTo(full.header("content-type"));
      assertThat(head.header("content-length")).isEqualTo(full.header("content-length"));
      assertThat(head.header("etag")).isEqualTo(full.header("etag"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1-1-1-1-1", "x", "6f9619ff8b86d011b42d00c04fc964ff", "%00", "..%2f.."})
  void an_id_that_is_none_is_refused(String id) {
    box.viewer().sees(id).isProblem(400, "INVALID");
    box.reporter().clears(id, null).isProblem(400, "INVALID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/exceptions/%zz", "/%", "/v1/exceptions?limit=%", "/v1/exceptions?%zz=1"})
  void a_path_that_cannot_be_decoded_is_refused(String path) {
    Reply reply = box.viewer().client().get(path);

    assertThat(reply.status()).as(reply.toString()).isIn(400, 404);
  }
}
