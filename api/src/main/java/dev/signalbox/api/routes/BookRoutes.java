package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.http.Query;
import dev.signalbox.api.views.PostingView;
import dev.signalbox.ledger.BookTable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The embedded book, to look at. Runs on virtual threads. */
final class BookRoutes {
  private final Collaborators with;

  BookRoutes(Collaborators with) {
    this.with = with;
  }

  void postings(Exchange exchange, JsonNode body) {
    var query = new Query(exchange.request());
    var id = query.textOrNull("exception");
    int limit = query.integer("limit", 50);
    var filter =
        new BookTable.Filter(
            query.textOrNull("account"),
            id == null ? null : UUID.fromString(id),
            query.textOrNull("context"),
            query.whole("after", 0));
    var found = with.database().read(tx -> BookTable.page(tx, filter, limit + 1));
    var node = JsonNodeFactory.instance.objectNode();
    var items = node.putArray("items");
    var shown = found.subList(0, Math.min(limit, found.size()));
    shown.forEach(booked -> items.add(PostingView.of(booked)));
    boolean more = found.size() > limit;
    if (more) {
      node.put("next", shown.getLast().number());
    }
    exchange.json(200, node.put("hasMore", more));
  }

  void balances(Exchange exchange, JsonNode body) {
    var query = new Query(exchange.request());
    var account = query.textOrNull("account");
    var until = day(query.textOrNull("until"));
    var balances = with.database().read(tx -> BookTable.balances(tx, account, until));
    var node = JsonNodeFactory.instance.objectNode();
    var items = node.putArray("items");
    balances.forEach(balance -> items.add(PostingView.of(balance)));
    exchange.json(200, node);
  }

  private static @Nullable LocalDate day(@Nullable String text) {
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "The \"until\" is a day like 2026-03-31, not \"%s\".".formatted(text), e);
    }
  }
}
