package dev.signalbox.rules.kept;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The classes that the rules of a folder became: their bytes by their names, with dots. */
public final class RuleClasses {
  private static final Pattern MODEL = Pattern.compile("\\w+\\.Rules[0-9A-F]{32}");

  private final SortedMap<String, byte[]> classes;

  private RuleClasses(SortedMap<String, byte[]> classes) {
    this.classes = Collections.unmodifiableSortedMap(classes);
  }

  /** Classes by their names; the arrays are not written to afterwards. */
  public static RuleClasses of(Map<String, byte[]> classes) {
    return new RuleClasses(new TreeMap<>(classes));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static RuleClasses read(byte[] content) {
    try (var in = new DataInputStream(new ByteArrayInputStream(content))) {
      var classes = new TreeMap<String, byte[]>();
      for (int left = in.readInt(); left > 0; left--) {
        var name = in.readUTF();
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
          throw new IllegalArgumentException("The class %s is not whole.".formatted(name));
        }
        classes.put(name, in.readNBytes(length));
      }
      if (in.available() > 0) {
        throw new IllegalArgumentException("Something follows the classes.");
      }
      return new RuleClasses(classes);
    } catch (IOException e) {
      throw new IllegalArgumentException("These are no classes of rules.", e);
    }
  }

  /** How many there are (4 bytes), then of each its name (UTF), its length (4 bytes), its bytes. */
  public byte[] write() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(classes.size());
      for (var each : classes.entrySet()) {
        out.writeUTF(each.getKey());
        out.writeInt(each.getValue().length);
        out.write(each.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Memory cannot be written to.", e);
    }
    return bytes.toByteArray();
  }

  public Collection<byte[]> bytes() {
    return classes.values();
  }

  /** The names of those that stand for all rules of a package. */
  public List<String> models() {
    return classes.keySet().stream().filter(name -> MODEL.matcher(name).matches()).toList();
  }

  /** Loads them, once the second wall has read them; each loader goes for itself. */
  public ClassLoader loader(ClassLoader parent) {
    return new Loader(parent, classes);
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes;

    Loader(ClassLoader parent, Map<String, byte[]> classes) {
      super("rules", parent);
      this.classes = classes;
    }

    /** Its own first: the parent hides them, and nothing else has their names. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!classes.containsKey(name)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        var loaded = findLoadedClass(name);
        return loaded != null ? loaded : findClass(name);
      }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      var bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException("Rules have no class " + name + ".");
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
