package dev.signalbox.rules.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.Lane;
import dev.signalbox.exceptions.ResolutionKind;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.rules.Given;
import dev.signalbox.rules.Rulesets;
import dev.signalbox.rules.facts.Classified;
import dev.signalbox.rules.facts.NearMatch;
import dev.signalbox.rules.facts.Party;
import dev.signalbox.rules.facts.Proposal;
import dev.signalbox.rules.facts.Proposer;
import dev.signalbox.rules.facts.Waiting;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComponentsTest {

  @Test
  void whatever_a_fact_has_can_be_explained() {
    try (var rulebook = Rulesets.load(Given.STANDARD)) {
      var one = BigDecimal.ONE;
      for (var fact :
          List.of(
              rulebook.facts(Given.item().question()),
              Party.NONE,
              new Classified(Severity.LOW),
              new NearMatch("a", "b", true, one, one),
              new Proposal(
                  ResolutionKind.FORCE_MATCH, Proposer.RULES, "", "", one, "", true, one, true),
              new Waiting("q", Lane.BATCH))) {
        assertThat(Components.of(fact).keySet())
            .as(fact.getClass().getSimpleName())
            .containsExactlyElementsOf(
                Stream.of(fact.getClass().getRecordComponents())
                    .map(RecordComponent::getName)
                    .toList());
      }
    }
  }
}
