package dev.signalbox.backtest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.backtest.Backtest.Both;
import dev.signalbox.backtest.Backtest.Side;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A backtest as JSON, with nothing in it that depends on when or how fast it ran: the same
 * exceptions and the same rulesets give the same bytes.
 */
public final class BacktestJson {

  private BacktestJson() {}

  /**
   * Writes it.
   *
   * @param input where the facts came from, in a few words
   */
  public static ObjectNode write(Backtest found, String input) {
    var node = JsonNodeFactory.instance.objectNode().put("input", input);
    side(node.putObject("baseline"), found.baseline());
    side(node.putObject("candidate"), found.candidate());
    node.put("exceptions", found.exceptions())
        .put("erased", found.erased())
        .put("decisions", found.decisions())
        .put("changed", found.changed())
        .put("changedPercent", found.changedPercent().toPlainString())
        .put("severityRaised", found.severity().raised())
        .put("severityLowered", found.severity().lowered());
    node.putObject("slaMinutes")
        .put("before", found.sla().before())
        .put("after", found.sla().after())
        .put("shorter", found.sla().shorter())
        .put("longer", found.sla().longer());
    both(node.putObject("unrouted"), found.unrouted());
    both(node.putObject("conflicts"), found.conflicts());
    both(node.putObject("failedClosed"), found.failed());
    node.putObject("money")
        .put("currency", found.money().currency().value())
        .put("compared", found.money().compared().toPlainString())
        .put("changed", found.money().changed().toPlainString())
        .put("unknown", found.money().unknown());
    tables(node.putArray("tables"), found.tables());
    rules(node.putArray("rules"), found.rules());
    return node;
  }

  /** SHA-256 over the bytes of {@link #write}. */
  public static Sha256 digest(ObjectNode written) {
    return Sha256.over(written.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void side(ObjectNode node, Side side) {
    node.put("name", side.name()).put("digest", side.digest().hex());
  }

  private static void both(ObjectNode node, Both both) {
    node.put("before", both.before()).put("after", both.after());
  }

  private static void tables(ArrayNode tables, List<Backtest.Table> found) {
    for (var table : found) {
      var node =
          tables
              .addObject()
              .put("dimension", table.dimension().name())
              .put("title", table.dimension().title());
      var cells = node.putArray("cells");
      for (var cell : table.cells()) {
        var one =
            cells
                .addObject()
                .put("from", cell.from())
                .put("to", cell.to())
                .put("count", cell.count())
                .put("amount", cell.amount().stripTrailingZeros().toPlainString());
        examples(one, cell.examples());
      }
    }
  }

  private static void rules(ArrayNode rules, List<Backtest.RuleUse> found) {
    for (var rule : found) {
      var one =
          rules
              .addObject()
              .put("id", rule.id())
              .put("because", rule.because())
              .put("status", rule.status().name())
              .put("before", rule.before())
              .put("after", rule.after());
      examples(one, rule.examples());
    }
  }

  private static void examples(ObjectNode node, List<CaseId> ids) {
    var examples = node.putArray("examples");
    ids.forEach(id -> examples.add(id.toString()));
  }
}
