package dev.signalbox.api.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.ApiClient;
import dev.signalbox.api.testkit.Reply;
import dev.signalbox.audit.AuditVerify;
import dev.signalbox.audit.Finding;
import dev.signalbox.journal.JournalReader;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeysIT {
  private static final String KEYS = "/v1/keys";
  private static final String WHY = "{\"why\": \"The test.\"}";
  private static final Duration BELIEVED = Duration.ofSeconds(4);

  private ApiBox box;

  @BeforeEach
  void open() {
    box = ApiBox.open();
  }

  @AfterEach
  void close() {
    box.close();
  }

  private Reply admin(String path, String body) {
    return box.as(Role.ADMIN).posts(path, body);
  }

  private Reply made(String name, Role role) {
    return admin(
        KEYS,
        "{\"name\": \"%s\", \"role\": \"%s\", \"why\": \"She asked.\"}".formatted(name, role));
  }

  private ApiClient with(Reply made) {
    return box.anybody().with("Authorization", "Bearer " + made.text("key"));
  }

  private String idOf(String name) {
    var keys = box.as(Role.ADMIN).client().get(KEYS).is(200).json().path("keys");
    return StreamSupport.stream(keys.spliterator(), false)
        .filter(key -> key.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asText();
  }

  @Test
  void a_new_key_lets_its_holder_in_with_its_role_and_is_not_kept_anywhere() {
    var ann = made("ann", Role.VIEWER).is(200);

    with(ann).get("/v1/exceptions").is(200);
    with(ann).get(KEYS).isProblem(403, "FORBIDDEN");
    assertThat(ann.text("key")).startsWith("sbx_");
    var list = box.as(Role.ADMIN).client().get(KEYS).is(200);
    assertThat(list.body()).doesNotContain(ann.text("key"));
    var event = list.json().at("/events/0");
    assertThat(event.path("kind").asText()).isEqualTo("CREATED");
    assertThat(event.path("name").asText()).isEqualTo("ann");
    assertThat(event.path("actor").asText()).isEqualTo("person:admin");
    assertThat(event.path("why").asText()).isEqualTo("She asked.");
  }

  @Test
  void two_authors_can_be_given_the_keys_that_two_people_approve_with() {
    with(made("ann", Role.RULE_AUTHOR).is(200))
        .with("Content-Type", "application/json")
        .post("/v1/rulesets/refresh", "{}")
        .is(200);
    with(made("ben", Role.RULE_AUTHOR).is(200))
        .with("Content-Type", "application/json")
        .post("/v1/rulesets/refresh", "{}")
        .is(200);
  }

  @Test
  void a_repeat_under_its_idempotency_key_makes_no_second_key_and_does_not_say_the_first_again() {
    var body = "{\"name\": \"ann\", \"role\": \"VIEWER\", \"why\": \"She asked.\"}";
    var first = box.as(Role.ADMIN).once("k-1").posts(KEYS, body).is(200);

    var again = box.as(Role.ADMIN).once("k-1").posts(KEYS, body).is(200);

    assertThat(again.text("id")).isEqualTo(first.text("id"));
    assertThat(again.json().has("key")).isFalse();
    assertThat(box.rows("once", "convert_from(answer, 'UTF8') LIKE '%sbx\\_%'")).isZero();
  }

  @Test
  void a_name_is_given_once_also_after_its_key_has_ended() {
    var ann = made("ann", Role.VIEWER).is(200);
    made("Ann", Role.OPERATOR).isProblem(422, "NAME_TAKEN");

    admin(KEYS + "/" + ann.text("id") + "/revoke", WHY).is(200);

    made("ann", Role.OPERATOR)
        .isProblem(
            422,
            "NAME_TAKEN",
            "There is a key with the name \"ann\"; rotate it, or take another name.");
  }

  @ParameterizedTest
  @CsvSource({"' ann'", "'component:rules'", "'a\tb'", "'<b>'"})
  void a_name_looks_like_one(String name) {
    var reply =
        admin(
            KEYS,
            "{\"name\": %s, \"role\": \"VIEWER\", \"why\": \"x\"}"
                .formatted(TextNode.valueOf(name)));

    reply.isProblem(422, "NAME");
  }

  @Test
  void a_key_that_is_rotated_goes_on_for_the_overlap_and_the_new_one_beside_it() {
    var old = made("ann", Role.VIEWER).is(200);
    var fresh =
        admin(
                KEYS + "/" + old.text("id") + "/rotate",
                "{\"why\": \"A year has gone.\", \"overlap\": \"PT10M\"}")
            .is(200);

    assertThat(fresh.text("name")).isEqualTo("ann");
    assertThat(fresh.text("role")).isEqualTo("VIEWER");
    with(old).get("/v1/exceptions").is(200);
    with(fresh).get("/v1/exceptions").is(200);
    box.box().clock().advance(Duration.ofMinutes(11));

    with(old).get("/v1/exceptions").isProblem(401, "UNAUTHENTICATED");
    with(fresh).get("/v1/exceptions").is(200);
    admin(KEYS + "/" + old.text("id") + "/rotate", WHY).isProblem(422, "ENDED");
  }

  @Test
  void a_revoked_key_lets_nobody_in_and_revoking_it_again_changes_nothing() {
    var ann = made("ann", Role.VIEWER).is(200);
    with(ann).get("/v1/exceptions").is(200);

    var first = admin(KEYS + "/" + ann.text("id") + "/revoke", WHY).is(200);
    box.box().clock().advance(BELIEVED);

    with(ann).get("/v1/exceptions").isProblem(401, "UNAUTHENTICATED");
    var again = admin(KEYS + "/" + ann.text("id") + "/revoke", WHY).is(200);
    assertThat(again.text("endsAt")).isEqualTo(first.text("endsAt"));
    assertThat(box.rows("key_event", "kind = 'REVOKED'")).isEqualTo(1);
  }

  @Test
  void a_key_ends_by_itself_when_it_was_made_so() {
    var end = box.box().clock().instant().plus(Duration.ofHours(1));
    var ann =
        admin(
                KEYS,
                "{\"name\": \"ann\", \"role\": \"VIEWER\", \"why\": \"x\", \"endsAt\": \"%s\"}"
                    .formatted(end))
            .is(200);
    with(ann).get("/v1/exceptions").is(200);

    box.box().clock().advance(Duration.ofHours(1));

    with(ann).get("/v1/exceptions").isProblem(401, "UNAUTHENTICATED");
  }

  @Test
  void the_last_administrator_cannot_lock_everybody_out() {
    var other = made("eve", Role.ADMIN).is(200);
    var first = idOf("admin");
    admin(KEYS + "/" + other.text("id") + "/revoke", WHY).is(200);

    admin(KEYS + "/" + first + "/revoke", WHY).isProblem(422, "LAST_ADMIN");
    admin(KEYS + "/" + first + "/rotate", WHY).is(200);
  }

  @Test
  void what_is_no_key_is_not_found_and_what_is_no_overlap_is_refused() {
    var ann = made("ann", Role.VIEWER).is(200);

    admin(KEYS + "/6f9619ff-8b86-d011-b42d-00c04fc964ff/revoke", WHY).isProblem(404, "NOT_FOUND");
    for (var overlap : new String[] {"1h", "-PT1H", "P31D", ""}) {
      admin(
              KEYS + "/" + ann.text("id") + "/rotate",
              "{\"why\": \"x\", \"overlap\": \"%s\"}".formatted(overlap))
          .isProblem(400, "INVALID");
    }
  }

  @Test
  void what_happened_to_keys_fits() {
    var ann = made("ann", Role.VIEWER).is(200);
    admin(KEYS + "/" + ann.text("id") + "/rotate", WHY).is(200);

    assertThat(verified().isClean()).isTrue();
    assertThat(verified().keyEvents()).isEqualTo(Role.values().length + 3);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE key_event SET actor = 'person:eve' WHERE number = 2 | 2"
            + " | The row's hash is not that of its content.",
        "UPDATE key_event SET prev_hash = hash WHERE number = 2 | 2"
            + " | The row does not follow the one before it.",
        "DELETE FROM key_event WHERE number = 2 | 2 | The row is missing.",
        "UPDATE api_key SET role = 'ADMIN' WHERE name = 'viewer' | 10 | is not as the row says.",
        "UPDATE api_key SET key_hash = sha256('mine') WHERE name = 'admin' | 1"
            + " | is not as the row says.",
        "INSERT INTO api_key (id, name, role, key_hash) VALUES"
            + " (gen_random_uuid(), 'eve', 'ADMIN', sha256('eve')) | 0"
            + " | Nothing says who made the key",
      })
  void a_key_that_was_changed_by_force_does_not_fit(String sql, long row, String what) {
    box.box()
        .postgres()
        .asSuperuser()
        .inTransaction(tx -> {
          tx.update("ALTER TABLE key_event DISABLE TRIGGER USER");
          return tx.update(sql);
        });

    var found = verified();

    assertThat(found.misfits()).isEqualTo(1);
    var first = requireNonNull(found.first());
    assertThat(first.seq()).isEqualTo(row);
    assertThat(first.what()).contains(what);
  }

  private Finding verified() {
    return new AuditVerify(box.box().postgres().database(), new JournalReader(box.box().keys()))
        .run(progress -> {});
  }
}
