package dev.signalbox.rules.link;

import dev.signalbox.rules.check.Words;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parent of the classes that rules become. It shows what rules are made of, and hides all else:
 * from the compiler, which then cannot resolve it, and from the classes, which then cannot link it.
 * Even {@code java.lang.System} is asked of it by name.
 */
public final class RuleLoader extends ClassLoader {
  private static final Set<String> PLATFORM =
      said(
          """
          java.lang.: Boolean CharSequence Class ClassNotFoundException CloneNotSupportedException
          java.lang.: Cloneable Comparable Enum Enum$EnumDesc Error Exception IllegalArgumentException
          java.lang.: Integer Iterable Long Number Object Override Record RuntimeException String
          java.lang.: Throwable
          java.lang.constant.: Constable ConstantDesc DynamicConstantDesc
          java.lang.invoke.: CallSite MethodHandle MethodHandles MethodHandles$Lookup MethodType
          java.lang.invoke.: StringConcatFactory TypeDescriptor TypeDescriptor$OfField
          java.lang.reflect.: AnnotatedElement GenericDeclaration Type
          java.io.: Externalizable IOException ObjectInputStream ObjectOutputStream
          java.io.: ObjectStreamException Serializable
          java.math.: BigDecimal BigInteger MathContext
          java.time.format.: DateTimeFormatter DateTimeFormatterBuilder
          java.util.: AbstractCollection AbstractList ArrayList Arrays Collection Collections
          java.util.: Comparator Iterator List ListIterator Locale Optional RandomAccess
          java.util.: SequencedCollection Spliterator
          java.util.function.: Consumer Predicate UnaryOperator
          """);
  private static final Pattern ENGINE =
      Pattern.compile(
          """
          org\\.drools\\.(model\\.[\\w.$]+\
          |modelcompiler\\.(CanonicalKieModuleModel|dsl\\.pattern\\.D|util\\.EvaluationUtil)\
          |compiler\\.kie\\.builder\\.MaterializedLambda\
          |core\\.base\\.accumulators\\.\\w+\
          |ecj\\.EclipseJavaCompiler\
          |util\\.DateUtils)\
          |org\\.kie\\.(api\\.(KieServices|builder|conf|runtime\\.conf|internal\\.utils\\.KieService)\
          |util\\.maven\\.support\\.ReleaseIdImpl)[\\w.$]*\
          """);
  private static final Pattern SETTINGS = Pattern.compile("META-INF/kie\\.[\\w.]*conf");

  /** Outputs name its types in their signatures; it is values only, and no member of it links. */
  private static final String DOMAIN = "dev.signalbox.exceptions.";

  private static final Set<String> WORDS = Words.ALL.classes();

  public RuleLoader() {
    super("rules", RuleLoader.class.getClassLoader());
  }

  private static Set<String> said(String lines) {
    var names = new HashSet<String>();
    for (var line : lines.lines().toList()) {
      var parts = line.split(": ", 2);
      Arrays.stream(parts[1].split(" ", -1)).forEach(name -> names.add(parts[0] + name));
    }
    return names;
  }

  private static boolean shows(String name) {
    return PLATFORM.contains(name)
        || WORDS.contains(name)
        || name.startsWith(DOMAIN)
        || ENGINE.matcher(name).matches();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!shows(name)) {
      throw new ClassNotFoundException("Rules do not see the class " + name + ".");
    }
    return super.loadClass(name, resolve);
  }

  @Override
  public @Nullable URL getResource(String name) {
    return isShown(name) ? super.getResource(name) : null;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return isShown(name) ? super.getResources(name) : Collections.emptyEnumeration();
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    return isShown(name) ? super.getResourceAsStream(name) : null;
  }

  private static boolean isShown(String resource) {
    if (!resource.endsWith(".class")) {
      return SETTINGS.matcher(resource).matches();
    }
    return shows(resource.substring(0, resource.length() - ".class".length()).replace('/', '.'));
  }
}
