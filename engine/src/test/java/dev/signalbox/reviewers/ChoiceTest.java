package dev.signalbox.reviewers;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.access.Authority;
import dev.signalbox.access.Role;
import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.Assessment;
import dev.signalbox.exceptions.Assigning;
import dev.signalbox.exceptions.AssignmentRule;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.Decision;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.SeverityDecision;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.Lane;
import dev.signalbox.exceptions.Lifecycle;
import dev.signalbox.exceptions.Outcome;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.Seeds;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Who is chosen, for whatever comes in whatever batches, from whatever roster. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChoiceTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final QueueName QUEUE = new QueueName("q");
  private static final Authority AUTHORITY =
      new Authority(Map.of(Role.ANALYST, new BigDecimal("100")));
  private static final List<String> SKILLS = List.of("fx", "cards", "loans");

  private int count;

  /** What a case asks of whoever gets it. */
  private record Needs(@Nullable String skill, @Nullable String role, String context, int worth) {
    static final Needs NOTHING = new Needs(null, null, "main", 1);
  }

  private Wanted wanted(AssignmentRule rule, Needs needs) {
    var report = Reports.report("c" + ++count, NOW).in(needs.context).build();
    var route = new Route(QUEUE, Lane.BATCH, null, needs.role, false, List.of(), needs.skill, rule);
    var severity =
        new SeverityDecision(
            Severity.LOW, Duration.ofHours(1), null, BigDecimal.valueOf(needs.worth), null);
    var assessment = new Assessment(advice(severity), advice(route), null);
    var outcome =
        Lifecycle.decide(
            report.caseId(), null, new CaseCommand.Open(report, NOW, assessment, null), NOW);
    ExceptionCase state = null;
    for (var event : ((Outcome.Accepted) outcome).events()) {
      state =
          state == null
              ? ExceptionCase.from((CaseEvent.Opened) event, NOW)
              : state.after(event, NOW);
    }
    return new Wanted(requireNonNull(state), rule, null);
  }

  private static <D extends Decision> Advice<D> advice(D decision) {
    return new Advice<>(Sha256.of(new byte[32]), NOW, decision, List.of(), List.of());
  }

  private static Seat seat(String name, List<String> skills) {
    return new Seat(QUEUE, name, skills, List.of(), null, false);
  }

  private static List<Seat> seats(int people) {
    return IntStream.range(0, people).mapToObj(i -> seat("p" + i, List.of())).toList();
  }

  /** A roster over time: turns and loads stay from batch to batch. */
  private static final class Roster {
    private final Map<String, Long> turns = new HashMap<>();
    private final Map<String, Integer> loads = new HashMap<>();

    Map<String, String> give(List<Seat> seats, List<Wanted> batch) {
      var roster =
          seats.stream()
              .map(seat -> new Choice.Turn(seat, turns.getOrDefault(seat.reviewer(), 0L)))
              .toList();
      var choice = Choice.of(batch, roster, loads, AUTHORITY);
      assertThat(Choice.of(batch, roster, loads, AUTHORITY)).isEqualTo(choice);
      choice.turns().forEach((place, turn) -> turns.put(place.reviewer(), turn));
      choice.given().values().forEach(name -> loads.merge(name, 1, Integer::sum));
      var given = new HashMap<String, String>();
      choice.given().forEach((id, name) -> given.put(id.toString(), name));
      return given;
    }
  }

  private List<Wanted> batch(int size, AssignmentRule rule) {
    return IntStream.range(0, size).mapToObj(i -> wanted(rule, Needs.NOTHING)).toList();
  }

  @Test
  void by_turns_everybody_gets_one_before_anybody_gets_two_however_it_is_batched() {
    Seeds.each(
        100,
        random -> {
          var seats = seats(1 + random.nextInt(7));
          var roster = new Roster();
          for (int round = 0; round < 8; round++) {
            roster.give(seats, batch(random.nextInt(12), AssignmentRule.ROUND_ROBIN));
            assertThat(spread(seats, roster)).isLessThanOrEqualTo(1);
          }
        });
  }

  private static int spread(List<Seat> seats, Roster roster) {
    var loads = seats.stream().mapToInt(seat -> roster.loads.getOrDefault(seat.reviewer(), 0));
    var summary = loads.summaryStatistics();
    return summary.getMax() - summary.getMin();
  }

  @Test
  void who_was_away_is_next_once_and_gets_no_more_than_others_from_then_on() {
    var seats = seats(3);
    var absent = List.of(seats.get(0).with(true), seats.get(1), seats.get(2));
    var roster = new Roster();
    roster.give(absent, batch(20, AssignmentRule.ROUND_ROBIN));
    assertThat(roster.loads).isEqualTo(Map.of("p1", 10, "p2", 10));

    var next = batch(6, AssignmentRule.ROUND_ROBIN);
    var given = roster.give(seats, next);

    assertThat(next.stream().map(one -> given.get(one.state().id().toString())).toList())
        .containsExactly("p0", "p1", "p2", "p0", "p1", "p2");
  }

  @Test
  void the_least_loaded_are_levelled_and_then_stay_within_one() {
    Seeds.each(
        100,
        random -> {
          var seats = seats(1 + random.nextInt(6));
          var roster = new Roster();
          seats.forEach(seat -> roster.loads.put(seat.reviewer(), random.nextInt(5)));
          int missing = 0;
          for (var seat : seats) {
            missing += 5 - roster.loads.getOrDefault(seat.reviewer(), 0);
          }
          roster.give(seats, batch(missing, AssignmentRule.LEAST_LOADED));
          for (int round = 0; round < 4; round++) {
            assertThat(spread(seats, roster)).isLessThanOrEqualTo(1);
            roster.give(seats, batch(random.nextInt(9), AssignmentRule.LEAST_LOADED));
          }
        });
  }

  @Test
  void of_equals_with_the_skill_who_knows_least_else_is_chosen_and_load_goes_first() {
    var seats =
        List.of(seat("all", SKILLS), seat("cards", List.of("cards")), seat("fx", List.of("fx")));
    var needs = new Needs("fx", null, "main", 1);
    var roster = new Roster();
    var given = new ArrayList<String>();
    for (int i = 0; i < 4; i++) {
      var one = wanted(AssignmentRule.BY_SKILL, needs);
      given.add(roster.give(seats, List.of(one)).get(one.state().id().toString()));
    }
    assertThat(given).containsExactly("fx", "all", "fx", "all");
  }

  @Test
  void whoever_is_chosen_is_there_may_and_can_and_nobody_else_would_have_been_better() {
    Seeds.each(
        300,
        random -> {
          var seats = anySeats(random);
          var loads = new HashMap<String, Integer>();
          seats.forEach(seat -> loads.put(seat.reviewer(), random.nextInt(4)));
          var batch = IntStream.range(0, 6).mapToObj(i -> anything(random, seats)).toList();
          var roster = seats.stream().map(seat -> new Choice.Turn(seat, 0)).toList();

          var choice = Choice.of(batch, roster, loads, AUTHORITY);

          for (var one : batch) {
            var fit =
                seats.stream()
                    .filter(seat -> !seat.away() && !seat.reviewer().equals(one.but()))
                    .filter(
                        seat -> Assigning.fits(one.state(), seat.person(AUTHORITY), seat.sight()))
                    .map(Seat::reviewer)
                    .toList();
            var chosen = choice.given().get(one.state().id());
            if (fit.isEmpty()) {
              assertThat(chosen).isNull();
              continue;
            }
            assertThat(fit).contains(chosen);
            if (one.rule() != AssignmentRule.ROUND_ROBIN) {
              int fewest =
                  fit.stream().mapToInt(name -> loads.getOrDefault(name, 0)).min().orElse(0);
              assertThat(loads.get(chosen)).isEqualTo(fewest);
            }
            loads.merge(requireNonNull(chosen), 1, Integer::sum);
          }
        });
  }

  private static List<Seat> anySeats(Random random) {
    return IntStream.range(0, random.nextInt(6))
        .mapToObj(i ->
            new Seat(
                QUEUE,
                "p" + i,
                SKILLS.stream().filter(skill -> random.nextBoolean()).toList(),
                List.of("ANALYST", "SENIOR").stream()
                    .filter(role -> random.nextInt(3) == 0)
                    .toList(),
                random.nextInt(3) == 0 ? List.of("other") : null,
                random.nextInt(4) == 0))
        .toList();
  }

  private Wanted anything(Random random, List<Seat> seats) {
    var rules = AssignmentRule.values();
    var one =
        wanted(
            rules[random.nextInt(rules.length)],
            new Needs(
                random.nextBoolean() ? SKILLS.get(random.nextInt(3)) : null,
                random.nextInt(3) == 0 ? "SENIOR" : null,
                random.nextBoolean() ? "main" : "other",
                random.nextBoolean() ? 50 : 500));
    return seats.isEmpty() || random.nextInt(3) > 0
        ? one
        : new Wanted(one.state(), one.rule(), seats.getFirst().reviewer());
  }
}
