package dev.signalbox.rules.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.rules.BadRuleset;
import dev.signalbox.rules.Finding;
import dev.signalbox.rules.ProposalQuestion;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.yaml.YamlFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario gives, in a file of its own: its fields, alone or under {@code given}.
 *
 * @param proposal null when it gives none
 */
public record GivenFile(Question question, @Nullable ProposalQuestion proposal) {

  /**
   * Reads it.
   *
   * @param asOf what the rules take for now, whatever the file says; null for what it says
   * @throws BadRuleset with everything that is wrong with it
   */
  public static GivenFile read(
      String file, byte[] content, CurrencyCode reportingCurrency, @Nullable Instant asOf) {
    var findings = new ArrayList<Finding>();
    var yaml = YamlFields.of(file, content, findings);
    var fields = yaml.has("given") ? yaml.only("given").object("given") : yaml;
    if (asOf != null) {
      fields =
          YamlFields.of(file, "asOf: \"%s\"".formatted(asOf).getBytes(UTF_8), findings)
              .orElse(fields);
    }
    var given = new GivenItem(fields.only(GivenItem.FIELDS), reportingCurrency);
    var question = given.question();
    var read = new GivenFile(question, given.proposal(question));
    if (!findings.isEmpty()) {
      throw new BadRuleset(file, List.copyOf(findings));
    }
    return read;
  }
}
