package dev.signalbox.adapters.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps the machine's git configuration out: what is fetched from where is said in our settings
 * only, and no git program is started to find files of its own.
 */
final class OwnConfig extends SystemReader.Delegate {
  private OwnConfig() {
    super(SystemReader.getInstance());
  }

  /** For the whole process; it has no other use of git. */
  static synchronized void install() {
    if (!(SystemReader.getInstance() instanceof OwnConfig)) {
      SystemReader.setInstance(new OwnConfig());
    }
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS files) {
    return new Empty(parent, files);
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS files) {
    return new Empty(parent, files);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS files) {
    return new Empty(parent, files);
  }

  private static final class Empty extends FileBasedConfig {
    Empty(Config parent, FS files) {
      super(parent, null, files);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
