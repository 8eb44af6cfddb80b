package dev.signalbox.rules;

import dev.signalbox.exceptions.Sha256;
import dev.signalbox.rules.link.LinkCheck;
import dev.signalbox.rules.link.RuleLoader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.model.codegen.ExecutableModelProject;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieModule;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.runtime.KieContainer;

/**
 * The rules of one folder, compiled: a rulebase of its own, so that no rule reaches into another
 * decision. Rulesets whose rules of a folder are the same share it, since most pushes change one
 * folder of six; it goes when the last of them is closed. Every compilation is a module with a
 * release id that was never used before, and is taken out of the engine's repository when closed;
 * else each reload would keep its classes for ever.
 */
final class CompiledPoint implements AutoCloseable {
  private static final AtomicLong COUNT = new AtomicLong();
  private static final String ROOT = "src/main/resources/";

  /** Those that are not closed. */
  private static final Map<Sha256, CompiledPoint> SHARED = new HashMap<>();

  private final Sha256 code;
  private final ReleaseId release;
  private final KieContainer container;
  private final ReentrantLock asking = new ReentrantLock();
  private int holders = 1;

  private CompiledPoint(Sha256 code, ReleaseId release, KieContainer container) {
    this.code = code;
    this.release = release;
    this.container = container;
  }

  /** One that nobody else ever asks, and nobody waits for; null like {@link #of}. */
  static @Nullable CompiledPoint apart(
      String point, Map<String, byte[]> files, List<String> errors) {
    return compiled(RulesetFiles.digestOf(point, files), point, files, errors);
  }

  /** Null, and what the compiler said, when the rules do not compile. */
  static @Nullable CompiledPoint of(String point, Map<String, byte[]> files, List<String> errors) {
    var code = RulesetFiles.digestOf(point, files);
    var shared = held(code);
    if (shared != null) {
      return shared;
    }
    var compiled = compiled(code, point, files, errors);
    if (compiled != null) {
      synchronized (SHARED) {
        // Two may have compiled the same at a time; either will do.
        SHARED.putIfAbsent(code, compiled);
      }
    }
    return compiled;
  }

  private static @Nullable CompiledPoint held(Sha256 code) {
    synchronized (SHARED) {
      var shared = SHARED.get(code);
      if (shared != null) {
        shared.holders++;
      }
      return shared;
    }
  }

  private static @Nullable CompiledPoint compiled(
      Sha256 code, String point, Map<String, byte[]> files, List<String> errors) {
    var services = KieServices.get();
    var release =
        services.newReleaseId("dev.signalbox.ruleset", point + "-" + COUNT.incrementAndGet(), "1");
    var sources = services.newKieFileSystem().generateAndWritePomXML(release);
    files.forEach((path, content) -> sources.write(ROOT + path, content));
    try {
      var loader = new RuleLoader();
      var module = module(services.newKieBuilder(sources, loader), errors);
      errors.addAll(errors.isEmpty() ? refusals(point, module) : List.of());
      if (errors.isEmpty()) {
        forget(module);
        var made = new CompiledPoint(code, release, services.newKieContainer(release, loader));
        // What cannot be asked must not be shared: others would be given it for ever.
        made.base();
        return made;
      }
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      // The compiler gives up so on what it does not expect, such as a class that is hidden.
      errors.add("The compiler of rules failed with %s.".formatted(e));
    }
    services.getRepository().removeKieModule(release);
    return null;
  }

  private static KieModule module(KieBuilder builder, List<String> errors) {
    builder
        .buildAll(ExecutableModelProject.class)
        .getResults()
        .getMessages(Message.Level.ERROR)
        .forEach(message -> errors.add(message.getText()));
    return builder.getKieModule();
  }

  /** What the second wall finds in the classes that the rules became. */
  private static List<String> refusals(String point, KieModule module) {
    var check = new LinkCheck(point);
    if (module instanceof InternalKieModule compiled) {
      compiled.getFileNames().stream()
          .filter(file -> file.endsWith(".class"))
          .forEach(file -> check.read(compiled.getBytes(file)));
      return check.refusals();
    }
    throw new IllegalStateException("The rules engine keeps no classes in " + module + ".");
  }

  /** Lets go of the syntax trees that the code was made of: two thirds of what a module keeps. */
  private static void forget(KieModule module) {
    if (module instanceof InternalKieModule compiled) {
      for (var base : compiled.getKieModuleModel().getKieBaseModels().keySet()) {
        compiled.cacheKnowledgeBuilderForKieBase(base, null);
      }
    }
  }

  KieBase base() {
    return container.getKieBase();
  }

  /** Of the classes that the rules became. */
  ClassLoader loader() {
    return container.getClassLoader();
  }

  /**
   * Held by who asks: the rules engine keeps the arguments of a consequence in a field of the
   * compiled rule (LambdaConsequence, Drools 10.2.0), which all sessions and all rulebases of one
   * compilation share. Two at once would hand each other's facts and outputs to their rules, and an
   * item would get another's route. A decision takes microseconds, so waiting for the one before
   * costs less than a second compilation would.
   */
  ReentrantLock asking() {
    return asking;
  }

  @Override
  public void close() {
    synchronized (SHARED) {
      if (--holders > 0) {
        return;
      }
      SHARED.remove(code, this);
    }
    container.dispose();
    KieServices.get().getRepository().removeKieModule(release);
  }
}
