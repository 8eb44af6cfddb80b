package dev.signalbox.rules;

import dev.signalbox.exceptions.Candidate;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.ResolutionKind;
import dev.signalbox.rules.facts.Proposer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Candidates, and resolutions that somebody proposes, from a seed. */
final class RandomProposals {
  private static final List<String> CONFIDENCES =
      List.of("0", "0.49999", "0.5", "0.89999", "0.90", "0.95", "1");
  private static final List<String> AMOUNTS =
      List.of("0", "499.99", "500", "1000", "9999.99", "10000", "100000");

  private final Random random;

  RandomProposals(long seed) {
    random = new Random(seed);
  }

  /** Up to three, near an item of 100 EUR. */
  Candidate[] candidates() {
    var candidates = new Candidate[random.nextInt(4)];
    for (int i = 0; i < candidates.length; i++) {
      candidates[i] = candidate("c" + i, Money.of(oneOf(List.of("99", "100")), "EUR"), "ref-" + i);
    }
    return candidates;
  }

  /** The one that belongs to an item, nearly or wholly: its reference is the item's. */
  Candidate[] match(Money money) {
    var amount = money.amount().subtract(new BigDecimal(oneOf(List.of("0", "0.01"))));
    return new Candidate[] {candidate("c0", new Money(amount, money.currency()), "1")};
  }

  private static Candidate candidate(String ref, Money money, String reference) {
    return new Candidate(ref, null, money, null, null, reference);
  }

  /** What a person, inference or rules propose for an item. */
  ProposalQuestion of(Question item) {
    return new ProposalQuestion(
        item,
        oneOf(List.of(ResolutionKind.values())),
        oneOf(List.of(Proposer.values())),
        random.nextBoolean() ? null : Money.of(oneOf(AMOUNTS), oneOf(List.of("EUR", "USD", "JPY"))),
        orNull("c" + random.nextInt(4)),
        orNull(oneOf(List.of("ANALYST", "SENIOR", "COMPLIANCE"))),
        orNull("model-1"),
        random.nextInt(10) == 0 ? null : new BigDecimal(oneOf(CONFIDENCES)));
  }

  private @Nullable String orNull(String text) {
    return random.nextBoolean() ? text : null;
  }

  private <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
