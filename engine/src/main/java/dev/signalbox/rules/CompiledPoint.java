package dev.signalbox.rules;

import dev.signalbox.exceptions.Sha256;
import dev.signalbox.rules.kept.KeptName;
import dev.signalbox.rules.kept.KeptRules;
import dev.signalbox.rules.kept.RuleClasses;
import dev.signalbox.rules.link.LinkCheck;
import dev.signalbox.rules.link.RuleLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.core.impl.RuleBaseFactory;
import org.drools.model.Model;
import org.drools.model.codegen.ExecutableModelProject;
import org.drools.modelcompiler.KieBaseBuilder;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieModule;
import org.kie.api.builder.Message;

/**
 * The rules of one folder, compiled: a rulebase of its own, so that no rule reaches into another
 * decision. Rulesets whose rules of a folder are the same share it, since most pushes change one
 * folder of six; it goes when the last of them is closed.
 *
 * <p>What the compiler makes is classes, and only these are taken from it: they may have been kept
 * since an earlier start as well, and go the same way from there on, through the second wall. Every
 * compilation is a module with a release id that was never used before, and is taken out of the
 * engine's repository at once; else each reload would keep its classes for ever.
 */
final class CompiledPoint implements AutoCloseable {
  private static final AtomicLong COUNT = new AtomicLong();
  private static final String ROOT = "src/main/resources/";
  private static final String CLASS = ".class";

  /** The engine's own class of a module, which names the rulebase: nobody asks it here. */
  private static final String DESCRIPTOR = "org/drools/project/";

  /** Those that are not closed. */
  private static final Map<Sha256, CompiledPoint> SHARED = new HashMap<>();

  private final Sha256 code;
  private final String point;
  private final RuleClasses classes;
  private final AtomicBoolean fresh;
  private final ClassLoader loader;
  private final KieBase base;
  private final ReentrantLock asking = new ReentrantLock();
  private int holders = 1;

  private CompiledPoint(Sha256 code, String point, RuleClasses classes, boolean fresh, Made made) {
    this.code = code;
    this.point = point;
    this.classes = classes;
    this.fresh = new AtomicBoolean(fresh);
    this.loader = made.loader();
    this.base = made.base();
  }

  /** What the engine made of the classes. */
  private record Made(ClassLoader loader, KieBase base) {}

  /** One that nobody else ever asks, and nobody waits for; null like {@link #of}. */
  static @Nullable CompiledPoint apart(
      String point, Map<String, byte[]> files, List<String> errors) {
    var code = RulesetFiles.digestOf(point, files);
    return compiled(code, point, files, errors);
  }

  /**
   * Null, and what the compiler said, when the rules do not compile.
   *
   * @param kept where they may be from an earlier start
   */
  static @Nullable CompiledPoint of(
      String point, Map<String, byte[]> files, KeptRules kept, List<String> errors) {
    var code = RulesetFiles.digestOf(point, files);
    var shared = held(code);
    if (shared != null) {
      return shared;
    }
    var found = found(code, point, kept);
    var made = found != null ? found : compiled(code, point, files, errors);
    if (made != null) {
      synchronized (SHARED) {
        // Two may have compiled the same at a time; either will do.
        SHARED.putIfAbsent(code, made);
      }
    }
    return made;
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

  /** What an earlier start kept; null when there is none that can be used. */
  private static @Nullable CompiledPoint found(Sha256 code, String point, KeptRules kept) {
    var name = KeptName.of(point, code);
    var content = kept.find(name);
    if (content == null) {
      return null;
    }
    try {
      var refusals = new ArrayList<String>();
      var made = loaded(code, point, RuleClasses.read(content), false, refusals);
      if (made == null) {
        kept.discard(name, refusals.getFirst());
      }
      return made;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      kept.discard(name, "Loading them failed with %s.".formatted(e));
      return null;
    }
  }

  private static @Nullable CompiledPoint compiled(
      Sha256 code, String point, Map<String, byte[]> files, List<String> errors) {
    try {
      var classes = classes(point, files, errors);
      return errors.isEmpty() ? loaded(code, point, classes, true, errors) : null;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      // The compiler gives up so on what it does not expect, such as a class that is hidden.
      errors.add("The compiler of rules failed with %s.".formatted(e));
      return null;
    }
  }

  /** What the compiler makes; nothing of it is loaded. */
  private static RuleClasses classes(String point, Map<String, byte[]> files, List<String> errors) {
    var services = KieServices.get();
    var release =
        services.newReleaseId("dev.signalbox.ruleset", point + "-" + COUNT.incrementAndGet(), "1");
    var sources = services.newKieFileSystem().generateAndWritePomXML(release);
    files.forEach((path, content) -> sources.write(ROOT + path, content));
    try {
      var builder = services.newKieBuilder(sources, new RuleLoader());
      builder
          .buildAll(ExecutableModelProject.class)
          .getResults()
          .getMessages(Message.Level.ERROR)
          .forEach(message -> errors.add(message.getText()));
      return errors.isEmpty() ? classes(builder.getKieModule()) : RuleClasses.of(Map.of());
    } finally {
      services.getRepository().removeKieModule(release);
    }
  }

  private static RuleClasses classes(KieModule module) {
    if (!(module instanceof InternalKieModule compiled)) {
      throw new IllegalStateException("The rules engine keeps no classes in " + module + ".");
    }
    var classes = new HashMap<String, byte[]>();
    for (var file : compiled.getFileNames()) {
      if (file.endsWith(CLASS) && !file.startsWith(DESCRIPTOR)) {
        var name = file.substring(0, file.length() - CLASS.length()).replace('/', '.');
        classes.put(name, compiled.getBytes(file));
      }
    }
    return RuleClasses.of(classes);
  }

  /** Null, and what the second wall finds in the classes, when it does not let them pass. */
  private static @Nullable CompiledPoint loaded(
      Sha256 code, String point, RuleClasses classes, boolean fresh, List<String> refusals) {
    var check = new LinkCheck(point);
    classes.bytes().forEach(check::read);
    refusals.addAll(check.refusals());
    if (classes.models().isEmpty()) {
      refusals.add("There are no rules in the classes.");
    }
    if (!refusals.isEmpty()) {
      return null;
    }
    var loader = classes.loader(new RuleLoader());
    var models = new ArrayList<Model>();
    for (var name : classes.models()) {
      models.add(model(loader, name));
    }
    var configuration = RuleBaseFactory.newKnowledgeBaseConfiguration(new Properties(), loader);
    // What cannot be asked is found out here, before others share it.
    var base = KieBaseBuilder.createKieBaseFromModel(models, configuration);
    return new CompiledPoint(code, point, classes, fresh, new Made(loader, base));
  }

  private static Model model(ClassLoader loader, String name) {
    try {
      return (Model) loader.loadClass(name).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The rules of %s cannot be made.".formatted(name), e);
    }
  }

  /**
   * Puts it aside for the next start, unless it is there. Only once it is sure that nothing broke
   * the compiler off: it would take that for all there is.
   */
  void keep(KeptRules kept) {
    if (kept != KeptRules.NOWHERE && fresh.compareAndSet(true, false)) {
      kept.keep(KeptName.of(point, code), classes.write());
    }
  }

  KieBase base() {
    return base;
  }

  /** Of the classes that the rules became. */
  ClassLoader loader() {
    return loader;
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
  }
}
