package dev.signalbox.intake;

import dev.signalbox.db.Unavailable;
import dev.signalbox.desk.Desk;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings reports that arrive together into one commit. While a lane commits, others queue up; when
 * it comes back it takes all that is there, to a bound. So a lone report waits for nobody, and a
 * crowd shares the cost of the disk. Each is answered after its commit.
 *
 * <p>What concerns one exception always takes the same lane, so it is handled in the order in which
 * it was handed in.
 */
public final class Intake implements AutoCloseable {
  private static final int WAITING_MAX = 8_192;

  private final Desk desk;
  private final Shape shape;
  private final List<Lane> lanes;

  /**
   * How much is done at once.
   *
   * @param lanes commits at the same time; more than the machine has processors do not help
   * @param batch reports in one commit, at most; beyond a few hundred it brings nothing more
   */
  public record Shape(int lanes, int batch) {
    /** What suits a small machine. */
    public static final Shape USUAL = new Shape(3, 300);

    public Shape {
      if (lanes < 1 || batch < 1) {
        throw new IllegalArgumentException("An intake has a lane, and a batch has a report.");
      }
    }
  }

  private record Waiting(@Nullable Request request, CompletableFuture<Receipt> receipt) {
    /** Sends a lane home. */
    static Waiting end() {
      return new Waiting(null, new CompletableFuture<>());
    }
  }

  /**
   * Opens the lanes.
   *
   * @param executor one virtual thread per task
   */
  public Intake(Desk desk, Shape shape, Executor executor) {
    this.desk = desk;
    this.shape = shape;
    lanes = Stream.generate(Lane::new).limit(shape.lanes()).toList();
    lanes.forEach(lane -> executor.execute(lane::work));
  }

  /**
   * Hands in a request; does not block.
   *
   * @return completes after the commit; fails with {@link Unavailable}, or with {@link Overloaded}
   *     when too many wait already
   */
  public CompletableFuture<Receipt> submit(Request request) {
    var entry = new Waiting(request, new CompletableFuture<>());
    if (!lane(request).waiting.offer(entry)) {
      entry.receipt().completeExceptionally(new Overloaded(WAITING_MAX));
    }
    return entry.receipt();
  }

  /**
   * Hands in a request; waits while too many wait already, which slows a fast sender down to what
   * the disk can take.
   *
   * @return as {@link #submit}
   * @throws Overloaded when the thread is interrupted meanwhile
   */
  public CompletableFuture<Receipt> submitPatiently(Request request) {
    var entry = new Waiting(request, new CompletableFuture<>());
    try {
      lane(request).waiting.put(entry);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Overloaded(WAITING_MAX);
    }
    return entry.receipt();
  }

  private Lane lane(Request request) {
    return lanes.get(Math.floorMod(request.id().hashCode(), shape.lanes()));
  }

  /** Finishes what was handed in, and closes. */
  @Override
  public void close() {
    try {
      for (var lane : lanes) {
        lane.waiting.put(Waiting.end());
      }
      for (var lane : lanes) {
        lane.gone.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What waits, and the thread that brings it to the desk. */
  private final class Lane {
    private final BlockingQueue<Waiting> waiting =
        new ArrayBlockingQueue<>(WAITING_MAX / shape.lanes());
    private final CountDownLatch gone = new CountDownLatch(1);

    void work() {
      try {
        while (takeBatch()) {
          // One batch after the other.
        }
      } finally {
        gone.countDown();
      }
    }

    /** False at the end. */
    private boolean takeBatch() {
      var batch = new ArrayList<Waiting>();
      try {
        batch.add(waiting.take());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      waiting.drainTo(batch, shape.batch() - 1);
      boolean ends = batch.removeIf(entry -> entry.request() == null);
      handle(batch);
      return !ends;
    }
  }

  private void handle(List<Waiting> batch) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      var requests = batch.stream().<Request>mapMulti(Intake::request).toList();
      var receipts = desk.handle(requests);
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).receipt().complete(receipts.get(i));
      }
    } catch (Unavailable e) {
      batch.forEach(entry -> entry.receipt().completeExceptionally(e));
    } catch (RuntimeException e) {
      isolate(batch, e);
    }
  }

  /** One request that cannot be stored must not take the others down: halve until it is alone. */
  private void isolate(List<Waiting> batch, RuntimeException failure) {
    if (batch.size() == 1) {
      batch.getFirst().receipt().completeExceptionally(failure);
      return;
    }
    int half = batch.size() / 2;
    handle(batch.subList(0, half));
    handle(batch.subList(half, batch.size()));
  }

  private static void request(Waiting entry, Consumer<Request> to) {
    if (entry.request() != null) {
      to.accept(entry.request());
    }
  }
}
