package dev.signalbox.rules.explain;

import dev.signalbox.rules.facts.Attributes;
import dev.signalbox.rules.facts.Classified;
import dev.signalbox.rules.facts.Item;
import dev.signalbox.rules.facts.NearMatch;
import dev.signalbox.rules.facts.Parameters;
import dev.signalbox.rules.facts.Party;
import dev.signalbox.rules.facts.Proposal;
import dev.signalbox.rules.facts.Waiting;
import java.util.LinkedHashMap;
import java.util.Map;

/** What facts consist of, by the names that rules use. */
public final class Components {

  private Components() {}

  /**
   * All components of a fact in their order; empty where it has none.
   *
   * @param fact a fact, or a value within one
   */
  public static Map<String, Object> of(Object fact) {
    var all = new LinkedHashMap<String, Object>();
    switch (fact) {
      case Item item -> item(all, item);
      case Party party -> {
        all.put("id", party.id());
        all.put("known", party.known());
        all.put("riskTier", party.riskTier());
        all.put("restricted", party.restricted());
        all.put("trusted", party.trusted());
      }
      case Classified classified -> all.put("severity", classified.severity());
      case NearMatch near -> {
        all.put("ref", near.ref());
        all.put("source", near.source());
        all.put("sameReference", near.sameReference());
        all.put("difference", near.difference());
        all.put("score", near.score());
      }
      case Proposal proposal -> proposal(all, proposal);
      case Waiting waiting -> {
        all.put("queue", waiting.queue());
        all.put("lane", waiting.lane());
      }
      default -> {}
    }
    return all;
  }

  private static void item(Map<String, Object> all, Item item) {
    all.put("context", item.context());
    all.put("source", item.source());
    all.put("reasonCode", item.reasonCode());
    all.put("amount", item.amount());
    all.put("currency", item.currency());
    all.put("magnitude", item.magnitude());
    all.put("magnitudeKnown", item.magnitudeKnown());
    all.put("transactionAgeHours", item.transactionAgeHours());
    all.put("confidence", item.confidence());
    all.put("counterparty", item.counterparty());
    all.put("counterpartyId", item.counterpartyId());
    all.put("regulatory", item.regulatory());
    all.put("glAccount", item.glAccount());
    all.put("candidates", item.candidates());
    all.put("recurrences", item.recurrences());
    all.put("attributes", item.attributes());
    all.put("parameters", item.parameters());
  }

  private static void proposal(Map<String, Object> all, Proposal proposal) {
    all.put("kind", proposal.kind());
    all.put("proposer", proposal.proposer());
    all.put("role", proposal.role());
    all.put("model", proposal.model());
    all.put("confidence", proposal.confidence());
    all.put("candidate", proposal.candidate());
    all.put("candidateKnown", proposal.candidateKnown());
    all.put("magnitude", proposal.magnitude());
    all.put("magnitudeKnown", proposal.magnitudeKnown());
  }

  /** A call on attributes, parameters, or a plain value; null where there is none of that name. */
  static Object called(Object on, String name, Object[] arguments) {
    var component = of(on).get(name);
    if (component != null && arguments.length == 0) {
      return component;
    }
    return switch (on) {
      case Attributes attributes -> attribute(attributes, name, (String) arguments[0]);
      case Parameters parameters -> parameter(parameters, name, arguments);
      default -> Plain.called(on, name, arguments);
    };
  }

  private static Object attribute(Attributes attributes, String name, String path) {
    return switch (name) {
      case "has" -> attributes.has(path);
      case "text" -> attributes.text(path);
      case "number" -> attributes.number(path);
      case "flag" -> attributes.flag(path);
      default -> throw new Unknown("attributes." + name);
    };
  }

  private static Object parameter(Parameters parameters, String name, Object[] arguments) {
    var of = (String) arguments[0];
    return switch (name) {
      case "amount" -> parameters.amount(of);
      case "number" -> parameters.number(of);
      case "hours" -> parameters.hours(of);
      case "list" -> parameters.list(of);
      case "text" -> parameters.text(of);
      case "role" -> parameters.role(of);
      case "anyIn" -> parameters.anyIn(of, Plain.texts(arguments[1]));
      default -> throw new Unknown("parameters." + name);
    };
  }

  /** A word that the check lets through, and that is not known here: a fault of the program. */
  static final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unknown(String what) {
      super("Nothing here knows what %s comes to.".formatted(what));
    }
  }
}
