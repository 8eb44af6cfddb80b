package dev.signalbox.api.http;

import static dev.signalbox.api.testkit.ReportText.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists: narrowed, ordered, page by page, and never more than was asked for. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ListIT {
  private static final int COUNT = 23;
  private static final List<String> SEVERITIES = List.of("LOW", "MEDIUM", "HIGH", "CRITICAL");
  private static ApiBox box;

  @BeforeAll
  static void open() {
    box = ApiBox.open();
    for (int i = 0; i < COUNT; i++) {
      var report = report("item-" + i).put("context", i % 2 == 0 ? "cards" : "cash");
      report.put("amount", i % 3 == 0 ? "250000.00" : "10.00");
      report.put("source", i % 5 == 0 ? "bank-b" : "bank-a");
      box.reporter().reports(report).is(201);
      box.box().clock().advance(Duration.ofMinutes(1));
    }
    var first = box.viewer().lists("?sort_order=asc&limit=1").items().getFirst();
    box.reporter().clears(first.path("id").asText(), "gone").is(200);
    box.operator()
        .dispatches(box.viewer().lists("?limit=1").items().getFirst().path("id").asText(), "jira")
        .is(200);
  }

  @AfterAll
  static void close() {
    box.close();
  }

  private static List<JsonNode> all(String query) {
    return box.viewer().lists("?limit=200" + query).is(200).items();
  }

  private static List<String> ids(List<JsonNode> items) {
    return items.stream().map(item -> item.path("id").asText()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "context, cards, 12",
    "source, bank-b, 5",
    "status, RESOLVED, 1",
    "status, PENDING_RESOLUTION, 1",
    "status, OPEN, 21",
    "context, nothing, 0",
    "assignee, nobody, 0"
  })
  void a_filter_narrows(String name, String value, int count) {
    var found = all("&%s=%s".formatted(name, value));

    assertThat(found).hasSize(count);
    assertThat(found).allMatch(item -> item.path(name).asText().equals(value));
  }

  @Test
  void filters_by_what_the_rules_decided_split_the_whole() {
    for (var field : List.of("severity", "queue")) {
      var values = all("").stream().map(item -> item.path(field).asText()).distinct().toList();
      int sum = 0;
      for (var value : values) {
        var found = all("&%s=%s".formatted(field, value));
        assertThat(found).isNotEmpty().allMatch(item -> item.path(field).asText().equals(value));
        sum += found.size();
      }
      assertThat(sum).isEqualTo(COUNT);
    }
  }

  @Test
  void filters_by_time_take_the_beginning_and_leave_the_end() {
    assertThat(all("&from=2026-03-02T10:05:00Z&to=2026-03-02T10:07:00Z"))
        .extracting(item -> item.path("sourceRef").asText())
        .containsExactly("item-6", "item-5");
    assertThat(all("&from=2026-03-02T12:05:00%2B02:00&to=2026-03-02T10:06:00Z")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "created_at", "updated_at", "severity", "status", "priority"})
  void every_order_is_walked_forth_and_back_without_a_gap_or_a_repeat(String sort) {
    for (var order : List.of("asc", "desc")) {
      var query = "&sort_by=%s&sort_order=%s".formatted(sort, order);
      var whole = ids(all(query));
      assertThat(whole).hasSize(COUNT).doesNotHaveDuplicates();

      var pages = new ArrayList<Reply>();
      var seen = new ArrayList<String>();
      var page = box.viewer().lists("?limit=5" + query).is(200);
      while (true) {
        pages.add(page);
        seen.addAll(ids(page.items()));
        var next = page.json().path("nextCursor");
        assertThat(page.json().path("hasMore").booleanValue()).isEqualTo(next.isTextual());
        if (next.isNull()) {
          break;
        }
        page = box.viewer().lists("?limit=5&cursor=" + next.asText() + query).is(200);
      }
      assertThat(seen).isEqualTo(whole);

      for (int i = pages.size() - 1; i > 0; i--) {
        var back = pages.get(i).json().path("prevCursor").asText();
        var before = box.viewer().lists("?limit=5&cursor=" + back + query).is(200);
        assertThat(ids(before.items())).isEqualTo(ids(pages.get(i - 1).items()));
      }
      assertThat(pages.getFirst().json().path("prevCursor").isNull()).isTrue();
    }
  }

  @Test
  void lists_are_in_the_order_that_was_asked_for() {
    assertOrdered("created_at", item -> item.path("createdAt").asText());
    assertOrdered("id", item -> item.path("id").asText());
    assertOrdered("severity", item -> "" + SEVERITIES.indexOf(item.path("severity").asText()));
  }

  private static void assertOrdered(String sort, Function<JsonNode, String> by) {
    var found = all("&sort_order=asc&sort_by=" + sort).stream().map(by).toList();
    assertThat(found).isSortedAccordingTo(Comparator.naturalOrder());
  }

  @Test
  void a_list_goes_on_where_it_was_while_items_come_in() {
    try (var busy = ApiBox.open()) {
      for (int i = 0; i < 6; i++) {
        busy.reporter().reports(report("before-" + i)).is(201);
      }
      var query = "?sort_by=id&sort_order=asc&limit=";
      var whole = ids(busy.viewer().lists(query + 6).items());
      var first = busy.viewer().lists(query + 3).is(200);
      for (int i = 0; i < 6; i++) {
        busy.reporter().reports(report("after-" + i)).is(201);
      }

      var cursor = first.json().path("nextCursor").asText();
      var second = ids(busy.viewer().lists(query + "200&cursor=" + cursor).is(200).items());

      assertThat(second)
          .containsSubsequence(whole.subList(3, 6))
          .doesNotContainAnyElementsOf(ids(first.items()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "?limit=0",
        "?limit=201",
        "?limit=x",
        "?limit=99999999999999999999",
        "?sort_by=amount",
        "?sort_order=up",
        "?status=open",
        "?severity=5",
        "?from=yesterday",
        "?from=2026-02-30T00:00:00Z",
        "?from=%2B999999999-12-31T23:59:59Z",
        "?to=-999999999-01-01T00:00:00Z",
        "?queue=a%00b",
        "?context=" + "%00",
        "?status=OPEN&status=RESOLVED"
      })
  void a_parameter_that_is_wrong_is_refused(String query) {
    box.viewer().lists(query).isProblem(400, "INVALID");
  }

  @Test
  void a_misspelt_parameter_does_not_widen_the_list() {
    box.viewer()
        .lists("?statsu=RESOLVED")
        .isProblem(400, "INVALID", "There is no parameter \"statsu\" here. Maybe \"status\".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "CREATED_AT|d|f|6f9619ff-8b86-d011-b42d-00c04fc964ff|",
        "CREATED_AT|d|f|6f9619ff-8b86-d011-b42d-00c04fc964ff|now",
        "CREATED_AT|d|f|6f9619ff-8b86-d011-b42d-00c04fc964ff|2026-13-45T00:00:00.000000Z",
        "CREATED_AT|d|f|6f9619ff-8b86-d011-b42d-00c04fc964ff|2026-03-02T10:00:00.000000Z' OR 1=1 --",
        "CREATED_AT|d|f|nobody|2026-03-02T10:00:00.000000Z",
        "CREATED_AT|a|f|6f9619ff-8b86-d011-b42d-00c04fc964ff|2026-03-02T10:00:00.000000Z",
        "PRIORITY|d|f|6f9619ff-8b86-d011-b42d-00c04fc964ff|5",
        "AMOUNT|d|f|6f9619ff-8b86-d011-b42d-00c04fc964ff|5"
      })
  void a_cursor_that_is_not_ours_is_refused(String content) {
    var cursor =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(content.getBytes(StandardCharsets.UTF_8));

    box.viewer().lists("?cursor=" + cursor).isProblem(400, "INVALID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PRIORITY|d|f|6f9619ff-8b86-d011-b42d-00c04fc964ff|99999",
        "SEVERITY|d|f|6f9619ff-8b86-d011-b42d-00c04fc964ff|WORST",
        "STATUS|d|f|6f9619ff-8b86-d011-b42d-00c04fc964ff|",
        "ID|d|f|6f9619ff-8b86-d011-b42d-00c04fc964ff|1"
      })
  void a_cursor_with_a_value_of_another_kind_is_refused(String content) {
    var cursor =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(content.getBytes(StandardCharsets.UTF_8));
    var sort = content.substring(0, content.indexOf('|')).toLowerCase(Locale.ROOT);

    box.viewer()
        .lists("?sort_by=" + sort + "&cursor=" + cursor)
        .isProblem(
            400,
            "INVALID",
            "\"%s\" is not a cursor of this list. Maybe begin again without one."
                .formatted(cursor));
  }

  @Test
  void a_cursor_with_any_byte_changed_is_refused_or_a_page() {
    var cursor = box.viewer().lists("?limit=2").json().path("nextCursor").asText();
    for (int i = 0; i < cursor.length(); i++) {
      for (char c : new char[] {'A', '=', '_', '%', ' '}) {
        var changed = cursor.substring(0, i) + c + cursor.substring(i + 1);
        var reply =
            box.viewer().lists("?cursor=" + URLEncoder.encode(changed, StandardCharsets.UTF_8));
        assertThat(reply.status()).as(changed).isIn(200, 400);
      }
    }
  }
}
