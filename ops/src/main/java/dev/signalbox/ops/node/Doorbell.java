package dev.signalbox.ops.node;

/** Rings whoever may have something to do after a commit. Connected once, before anybody rings. */
final class Doorbell implements Runnable {
  private volatile Runnable dispatch = () -> {};
  private volatile Runnable deadlines = () -> {};

  void connect(Runnable toDispatch, Runnable toDeadlines) {
    dispatch = toDispatch;
    deadlines = toDeadlines;
  }

  @Override
  public void run() {
    dispatch.run();
    deadlines.run();
  }
}
