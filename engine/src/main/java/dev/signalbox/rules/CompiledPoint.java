package dev.signalbox.rules;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.drools.model.codegen.ExecutableModelProject;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
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
  static @Nullable CompiledPoint of(String point, Map<String, byte[]> files, List<Message> errors) {
    var services = KieServices.get();
    var release =
        services.newReleaseId("dev.signalbox.ruleset", point + "-" + COUNT.incrementAndGet(), "1");
    var sources = services.newKieFileSystem().generateAndWritePomXML(release);
    files.forEach((path, content) -> sources.write(ROOT + path, content));
    var loader = CompiledPoint.class.getClassLoader();
    var messages =
        services
            .newKieBuilder(sources, loader)
            .buildAll(ExecutableModelProject.class)
            .getResults()
            .getMessages(Message.Level.ERROR);
    if (messages.isEmpty()) {
      return new CompiledPoint(release, services.newKieContainer(release, loader));
    }
    services.getRepository().removeKieModule(release);
    errors.addAll(messages);
    return null;
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
