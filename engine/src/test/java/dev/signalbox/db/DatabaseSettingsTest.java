package dev.signalbox.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatabaseSettingsTest {

  @Test
  void a_url_says_where_and_as_whom() {
    var settings = DatabaseSettings.parse("postgresql://ana:s3cret@db.example:6432/boxes");

    assertThat(settings.host()).isEqualTo("db.example");
    assertThat(settings.port()).isEqualTo(6432);
    assertThat(settings.database()).isEqualTo("boxes");
    assertThat(settings.user()).isEqualTo("ana");
    assertThat(settings.password()).isEqualTo("s3cret");
    assertThat(settings.role()).isNull();
  }

  @Test
  void port_and_password_may_be_left_out() {
    var settings = DatabaseSettings.parse("postgres://ana@localhost/boxes");

    assertThat(settings.port()).isEqualTo(5432);
    assertThat(settings.password()).isNull();
  }

  @Test
  void what_is_percent_encoded_is_decoded_and_a_plus_stays_a_plus() {
    var settings = DatabaseSettings.parse("postgresql://a%40b:p%2Fw%3A+%25@localhost/my%20box");

    assertThat(settings.user()).isEqualTo("a@b");
    assertThat(settings.password()).isEqualTo("p/w:+%");
    assertThat(settings.database()).isEqualTo("my box");
  }

  @Test
  void the_name_of_a_container_may_have_an_underscore() {
    assertThat(DatabaseSettings.parse("postgresql://ana@my_db:5433/boxes"))
        .satisfies(settings -> assertThat(settings.host()).isEqualTo("my_db"))
        .satisfies(settings -> assertThat(settings.port()).isEqualTo(5433));
  }

  @Test
  void an_address_of_version_6_stands_in_brackets() {
    var settings = DatabaseSettings.parse("postgresql://ana@[::1]:5433/boxes");

    assertThat(settings.host()).isEqualTo("::1");
    assertThat(settings.port()).isEqualTo(5433);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mysql://ana:s3cret@h/d             | it does not begin with postgresql://
          postgresql://ana:s3cret@h          | it names no database
          postgresql://ana:s3cret@h/         | it names no database
          postgresql://ana:s3cret@h/a/b      | the name of the database has a "/" that is not percent-encoded
          postgresql://h/d                   | it names no user
          postgresql://:s3cret@h/d           | it names no user
          postgresql://ana:s3cret@/d         | it names no host, or one that is not written right
          postgresql://ana:s3cret@h:x/d      | it names no host, or one that is not written right
          postgresql://ana:s3cret@h:70000/d  | 70000 is not a port
          postgresql://ana:s3cret@h:0/d      | 0 is not a port
          postgresql://ana:s3cret^@h/d       | a special character in it is not percent-encoded
          postgresql://ana:s3cret%zz@h/d     | a special character in it is not percent-encoded
          postgresql://ana:s3/cret@h/d       | a special character in it is not percent-encoded
          postgresql://ana:s3#cret@h/d       | a special character in it is not percent-encoded
          postgresql://ana:s3?cret@h/d       | a special character in it is not percent-encoded
          postgresql://ana:s3cret@h/d?ssl=1  | it has options after the database, and none are known
          s3cret                             | it does not begin with postgresql://
          """)
  void what_cannot_be_used_is_refused_without_showing_the_password(String url, String why) {
    assertThatThrownBy(() -> DatabaseSettings.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The database URL cannot be used: %s.".formatted(why)
                + " It has the form postgresql://user:password@host:port/database.")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ana:s3cret", "ana:s3cr%65t"})
  void the_password_is_not_in_the_words_for_logs(String userInfo) {
    var settings =
        DatabaseSettings.parse("postgresql://%s@db.example:6432/boxes".formatted(userInfo));

    assertThat(settings).hasToString("postgresql://ana@db.example:6432/boxes");
  }
}
