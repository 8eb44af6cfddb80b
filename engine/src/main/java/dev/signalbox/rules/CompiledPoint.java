package dev.signalbox.rules;

import dev.signalbox.rules.link.LinkCheck;
import dev.signalbox.rules.link.RuleLoader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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
 * decision. Every compilation is a module with a release id that was never used before, and is
 * taken out of the engine's repository when closed; else each reload would keep its classes for
 * ever.
 */
final class CompiledPoint implements AutoCloseable {
  private static final AtomicLong COUNT = new AtomicLong();
  private static final String ROOT = "src/main/resources/";

  private final ReleaseId release;
  private final KieContainer container;

  private CompiledPoint(ReleaseId release, KieContainer container) {
    this.release = release;
    this.container = container;
  }

  /** Null, and what the compiler said, when the rules do not compile. */
  static @Nullable CompiledPoint of(String point, Map<String, byte[]> files, List<String> errors) {
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
        return new CompiledPoint(release, services.newKieContainer(release, loader));
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

  KieBase base() {
    return container.getKieBase();
  }

  /** Of the classes that the rules became. */
  ClassLoader loader() {
    return container.getClassLoader();
  }

  @Override
  public void close() {
    container.dispose();
    KieServices.get().getRepository().removeKieModule(release);
  }
}
