package dev.signalbox.ops.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;

/**
 * Rounds of single requests. What a request costs falls for tens of thousands of them, until all of
 * its code is compiled; only then is it measured.
 */
record Singles(Client client, int count, Instant now) {
  static final int ROUNDS = 3;
  private static final int WARM_UP_ROUNDS = 4;

  /** Takes reports of so many seeds from this one on. */
  void warmUp(long seed) {
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      round(seed + i);
    }
  }

  /** The round in the middle of several. */
  Client.Rate middle(long seed) {
    var rounds = new ArrayList<Client.Rate>();
    for (int i = 0; i < ROUNDS; i++) {
      rounds.add(round(seed + i));
    }
    rounds.sort(Comparator.comparingDouble(Client.Rate::perSecond));
    return rounds.get(ROUNDS / 2);
  }

  private Client.Rate round(long seed) {
    return client.singles(Reports.generate(count, seed, now).lines(), IntakeBench.CONNECTIONS);
  }
}
