package dev.signalbox.intake;

import dev.signalbox.exceptions.Candidate;
import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.exceptions.Money;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a near match. */
final class CandidateFields {
  private static final int TEXT_MAX = 200;
  private static final List<String> FIELDS =
      List.of("ref", "source", "amount", "currency", "date", "score", "reference");

  private @Nullable String ref;
  private @Nullable String source;
  private @Nullable BigDecimal amount;
  private @Nullable CurrencyCode currency;
  private @Nullable String date;
  private @Nullable BigDecimal score;
  private @Nullable String reference;

  private CandidateFields() {}

  static @Nullable Candidate read(ReportText text, String pointer) throws IOException {
    if (!text.isObject(pointer)) {
      return null;
    }
    var fields = new CandidateFields();
    for (var name = text.nextField(); name != null; name = text.nextField()) {
      if (!text.isNull() || !FIELDS.contains(name)) {
        fields.read(text, pointer, name);
      }
    }
    return fields.candidate(text, pointer);
  }

  private void read(ReportText text, String parent, String name) throws IOException {
    var pointer = parent + "/" + name;
    switch (name) {
      case "ref" -> ref = text.name(pointer, TEXT_MAX);
      case "source" -> source = text.name(pointer, TEXT_MAX);
      case "amount" -> amount = text.decimal(pointer, Money.DIGITS_MAX, Money.DECIMALS_MAX);
      case "currency" -> currency = text.parsed(pointer, 10, CurrencyCode::new);
      case "date" ->
          date =
              text.parsed(
                  pointer,
                  40,
                  value -> {
                    Instants.parse(value, true);
                    return value;
                  });
      case "score" -> score = text.share(pointer);
      case "reference" -> reference = text.freeText(pointer, TEXT_MAX);
      default -> text.unknownField(parent, name, FIELDS);
    }
  }

  private @Nullable Candidate candidate(ReportText text, String pointer) {
    if (ref == null) {
      if (!text.hasProblem(pointer + "/ref")) {
        text.problem(pointer + "/ref", "MISSING", "The field \"ref\" is missing.");
      }
      return null;
    }
    if ((amount == null) != (currency == null)) {
      if (!text.hasProblem(pointer + "/amount") && !text.hasProblem(pointer + "/currency")) {
        text.problem(
            pointer, "INCOMPLETE", "A candidate has an \"amount\" and a \"currency\", or neither.");
      }
      return null;
    }
    var money = amount == null || currency == null ? null : new Money(amount, currency);
    return new Candidate(ref, source, money, date, score, reference);
  }
}
