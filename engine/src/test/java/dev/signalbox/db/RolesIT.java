package dev.signalbox.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.testkit.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RolesIT {
  private TestPostgres postgres;

  @BeforeEach
  void open() {
    postgres = TestPostgres.freshDatabase();
  }

  @AfterEach
  void close() {
    run("DROP ROLE IF EXISTS lent_to");
    postgres.close();
  }

  private void run(String sql) {
    postgres.asSuperuser().inTransaction(tx -> tx.update(sql));
  }

  private DatabaseSettings lentTo() {
    return postgres.settings().withUser("lent_to", "secret");
  }

  @Test
  void the_service_owns_nothing_and_the_owner_everything() {
    var owners =
        postgres
            .asSuperuser()
            .read(tx ->
                tx.query(
                    "SELECT DISTINCT tableowner::text AS owner FROM pg_tables"
                        + " WHERE schemaname = 'public'"));

    assertThat(owners).extracting(row -> row.text("owner")).containsExactly(Roles.OWNER);
    assertThatThrownBy(
            () -> postgres.database().inTransaction(tx -> tx.update("CREATE TABLE mine (x int)")))
        .isInstanceOf(DatabaseFailure.class);
  }

  @Test
  void a_user_who_may_is_lent_the_role_and_works_as_it() {
    run("CREATE ROLE lent_to LOGIN CREATEROLE PASSWORD 'secret'");
    run("GRANT signalbox_app TO lent_to WITH ADMIN TRUE, SET FALSE, INHERIT FALSE");

    Roles.lend(lentTo());
    Roles.lend(lentTo());

    try (var database = Database.open(postgres.vertx(), lentTo().withRole(Roles.APP))) {
      var row =
          database
              .read(tx -> tx.query("SELECT session_user::text AS s, current_user::text AS c"))
              .getFirst();
      assertThat(row.text("s")).isEqualTo("lent_to");
      assertThat(row.text("c")).isEqualTo(Roles.APP);
    }
    run("REVOKE signalbox_app FROM lent_to CASCADE");
  }

  @Test
  void a_user_who_may_not_is_told_what_an_administrator_has_to_run() {
    run("CREATE ROLE lent_to LOGIN PASSWORD 'secret'");

    assertThatThrownBy(() -> Roles.lend(lentTo()))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessage(
            "The user lent_to may not set up the role signalbox_app."
                + " Maybe have an administrator run: GRANT signalbox_app TO \"lent_to\";");
  }

  @Test
  void durable_settings_are_seen_as_the_service_sees_them() {
    Durability.verify(postgres.settings());
    run("CREATE ROLE lent_to LOGIN PASSWORD 'secret'");
    run("ALTER ROLE lent_to SET synchronous_commit = off");

    assertThatThrownBy(() -> Durability.verify(lentTo()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "PostgreSQL at 127.0.0.1:%d runs with synchronous_commit = off"
                    .formatted(postgres.settings().port())
                + " and may lose acknowledged work. Maybe switch it on.");
  }
}
