package dev.signalbox.dispatch;

import dev.signalbox.db.Database;
import dev.signalbox.desk.Ask;
import dev.signalbox.desk.Desk;
import dev.signalbox.desk.OnceKey;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.LedgerOrder;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.work.DeadLetter;
import dev.signalbox.work.DeadLetterTable;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tries dead letters again: each through the desk, each at most once. */
public final class DeadLetters {
  /** Tried again in one go. */
  public static final int REDRIVE_MAX = 200;

  /** How far to look past what is refused. */
  private static final int PAGES_MAX = 10;

  private final Database database;
  private final Desk desk;
  private final InstantSource clock;

  public DeadLetters(Database database, Desk desk, InstantSource clock) {
    this.database = database;
    this.desk = desk;
    this.clock = clock;
  }

  /** What came of one. */
  public record Redriven(DeadLetter letter, Receipt receipt) {}

  /** How many match and wait; changes nothing. */
  public long count(DeadLetterTable.Filter filter) {
    return database.read(tx -> DeadLetterTable.count(tx, waiting(filter)));
  }

  /** Those that match and wait, oldest first. */
  public List<DeadLetter> waiting(DeadLetterTable.Filter filter, int limit) {
    return database.read(tx -> DeadLetterTable.page(tx, waiting(filter), null, limit));
  }

  /**
   * Tries again what matches and waits, oldest first, until {@link #REDRIVE_MAX} were accepted.
   * What is refused goes on waiting and keeps nobody else from his turn.
   */
  public List<Redriven> redrive(DeadLetterTable.Filter filter, Actor by) {
    var tried = new ArrayList<Redriven>();
    int left = REDRIVE_MAX;
    @Nullable UUID last = null;
    for (int page = 0; page < PAGES_MAX && left > 0; page++) {
      var after = last;
      int limit = left;
      var letters = database.read(tx -> DeadLetterTable.page(tx, waiting(filter), after, limit));
      if (letters.isEmpty()) {
        break;
      }
      for (var redriven : redrive(letters, by)) {
        tried.add(redriven);
        left -= redriven.receipt() instanceof Receipt.Refused ? 0 : 1;
      }
      last = letters.getLast().id();
    }
    return tried;
  }

  private static DeadLetterTable.Filter waiting(DeadLetterTable.Filter filter) {
    return new DeadLetterTable.Filter(
        filter.kind(), filter.target(), true, filter.since(), filter.sight());
  }

  /**
   * Tries these again. A letter that was tried again before is left out. A crash in between is
   * harmless: the desk remembers each letter that was accepted, and gives the same answer. What is
   * refused, e.g. since the exception waits for somebody else, may be tried again later.
   */
  public List<Redriven> redrive(List<DeadLetter> letters, Actor by) {
    var tried = new ArrayList<DeadLetter>();
    var requests = new ArrayList<Request>();
    for (var letter : letters) {
      var ask = letter.redrivenAt() == null ? ask(letter) : null;
      if (ask != null) {
        tried.add(letter);
        requests.add(Request.of(letter.caseId(), ask, by).once(key(letter)));
      }
    }
    var receipts = desk.handle(requests);
    var redriven = new ArrayList<Redriven>();
    var done = new ArrayList<UUID>();
    for (int i = 0; i < tried.size(); i++) {
      redriven.add(new Redriven(tried.get(i), receipts.get(i)));
      if (receipts.get(i) instanceof Receipt.Done) {
        done.add(tried.get(i).id());
      }
    }
    if (!done.isEmpty()) {
      database.inTransaction(
          tx -> DeadLetterTable.markRedriven(tx, done, by.name(), clock.instant()));
    }
    return redriven;
  }

  private @Nullable Ask ask(DeadLetter letter) {
    return switch (letter.kind()) {
      case DISPATCH -> {
        var queue = letter.queue() == null ? null : new QueueName(letter.queue());
        yield letter.target() == null || letter.dispatch() == null
            ? null
            : new Ask.Say(again(letter.dispatch(), new TargetName(letter.target()), queue));
      }
      case CASE -> new Ask.Redrive(null);
      case REPORT -> {
        var report = database.read(tx -> DeadLetterTable.report(tx, letter.id()));
        yield report == null ? null : new Ask.Report(report, letter.createdAt(), true);
      }
    };
  }

  private static CaseCommand again(
      DispatchId dispatch, TargetName target, @Nullable QueueName queue) {
    return target.equals(LedgerOrder.LEDGER)
        ? new CaseCommand.RetryPosting(dispatch)
        : new CaseCommand.RequestDispatch(target, queue, dispatch);
  }

  private static OnceKey key(DeadLetter letter) {
    var id = letter.id().toString();
    return new OnceKey("dead-letter", id, new Sha256(id.replace("-", "").repeat(2))).untilDone();
  }
}
