package dev.signalbox.rules;

import dev.signalbox.rules.kept.KeptRules;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Keeps compiled rules in memory, and what was done with them. */
final class KeptInMemory implements KeptRules {
  final Map<String, byte[]> contents = new ConcurrentHashMap<>();
  final ConcurrentLinkedQueue<String> wasKept = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<String> discarded = new ConcurrentLinkedQueue<>();

  @Override
  public byte @Nullable [] find(String name) {
    return contents.get(name);
  }

  @Override
  public void keep(String name, byte[] content) {
    wasKept.add(name);
    contents.put(name, content);
  }

  @Override
  public void discard(String name, String why) {
    discarded.add(why);
    contents.remove(name);
  }
}
