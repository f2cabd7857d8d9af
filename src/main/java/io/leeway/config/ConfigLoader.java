package io.leeway.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import io.leeway.domain.UserException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Reads a configuration. A problem is one line, {@code file:line: path: what is wrong; what to do},
 * and all problems arrive in one exception; a file that is no HOCON has the one problem where
 * reading stopped.
 *
 * <p>Keys outside the block {@code leeway} are left to substitutions. {@code ${NAME}} takes a value
 * from elsewhere in the file or from the environment; what came from the environment is never
 * shown. A block {@code leeway.defaults} lies beneath every model.
 */
public final class ConfigLoader {
  private static final String ROOT = "leeway";
  private static final String POLICY = "policy";

  private ConfigLoader() {}

  /**
   * Reads a file of this machine; relative paths in it start at its folder.
   *
   * @throws UserException with all problems
   */
  public static LeewayConfig load(Path file) {
    return load(ConfigFile.at(file));
  }

  /**
   * Reads a file.
   *
   * @throws UserException with all problems
   */
  public static LeewayConfig load(ConfigFile file) {
    requireText(file);
    return read(file.shown(), file.folder(), () -> parse(file));
  }

  /**
   * Reads a file as if each of its models had another policy.
   *
   * @param policy a file with the one key {@code policy}, whose value is a list of rules as in a
   *     model's block
   * @throws UserException with all problems
   */
  public static LeewayConfig loadWithPolicy(ConfigFile file, Path policy) {
    requireText(file);
    requireText(ConfigFile.at(policy));
    return read(
        file.shown(), file.folder(), () -> withPolicy(parse(file), parsePolicy(policy), policy));
  }

  private static Config withPolicy(Config config, Config proposed, Path file) {
    if (!proposed.root().keySet().equals(Set.of(POLICY))) {
      throw new UserException(
          file
              + ": it has the keys "
              + new TreeSet<>(proposed.root().keySet())
              + "; write policy = [ { metric = ..., above = ... } ] and nothing else.");
    }
    Config changed = config;
    String models = ROOT + ".models";
    if (config.hasPath(models)) {
      for (String name : config.getObject(models).keySet()) {
        changed =
            changed.withValue(
                models + "." + ConfigUtil.joinPath(name, POLICY), proposed.getValue(POLICY));
      }
    }
    return changed;
  }

  private static Config parse(ConfigFile file) {
    return ConfigFactory.parseFile(
        file.copy().toFile(), options(file.shown()).setAllowMissing(false));
  }

  /** Its values know their file themselves, since they end up in another's. */
  private static Config parsePolicy(Path file) {
    try {
      return ConfigFactory.parseFile(
          file.toAbsolutePath().toFile(),
          ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setAllowMissing(false));
    } catch (ConfigException e) {
      throw SyntaxProblem.worded(e, new Place(file.toString(), 0));
    }
  }

  private static void requireText(ConfigFile file) {
    if (!Files.exists(file.copy())) {
      throw new UserException(
          file.shown() + ": there is no such file; check the path of the configuration.");
    }
    if (Files.isDirectory(file.copy())) {
      throw new UserException(file.shown() + ": is a folder; name the configuration file in it.");
    }
    try {
      Files.readString(file.copy());
    } catch (CharacterCodingException e) {
      throw new UserException(
          file.shown() + ": is not UTF-8 text; save the configuration as UTF-8.", e);
    } catch (IOException e) {
      throw new UserException(
          file.shown() + ": cannot be read (" + e + "); check its permissions and storage.", e);
    }
  }

  /**
   * Reads a text; problems call its place {@code configuration}.
   *
   * @param baseFolder where relative paths start
   * @throws UserException with all problems
   */
  public static LeewayConfig load(String hocon, Path baseFolder) {
    String source = "configuration";
    return read(
        source,
        baseFolder.toAbsolutePath().normalize().toUri(),
        () -> ConfigFactory.parseString(hocon, options(source)));
  }

  private static ConfigParseOptions options(String source) {
    return ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setOriginDescription(source);
  }

  private static LeewayConfig read(String source, URI folder, Supplier<Config> parser) {
    Place file = new Place(source, 0);
    ConfigObject root;
    try {
      root = parser.get().resolve().root();
    } catch (ConfigException e) {
      throw SyntaxProblem.worded(e, file);
    }
    Reading reading = new Reading(folder);
    Block top = new Block(reading, new Settings(), "", "", root, file);
    if (top.find(ROOT).isEmpty()) {
      top.missing(
          ROOT, "write all settings in a block: leeway { store.path = ..., models { ... } }");
    }
    for (String key : root.keySet()) {
      if (!key.equals(ROOT) && Nearest.distance(key, ROOT) <= 2) {
        top.wrong(key, "unknown key; did you mean '" + ROOT + "'?");
      }
    }
    Optional<LeewayConfig> config = top.block(ROOT).map(leeway -> read(source, reading, leeway));
    reading.refuseProblems();
    return config.orElseThrow();
  }

  private static LeewayConfig read(String source, Reading reading, Block leeway) {
    Map<String, String> shown = new TreeMap<>();
    Settings ofStore = new Settings();
    Block place = leeway.blockOrEmpty("store").recordedIn(ofStore);
    StoreConfig store = StoreConfig.read(place);
    shown.putAll(ofStore.shown(place.path()));
    Settings ofNotices = new Settings();
    Block telling = leeway.blockOrEmpty("notices").recordedIn(ofNotices);
    NoticesConfig notices = NoticesConfig.read(telling);
    shown.putAll(ofNotices.shown(telling.path()));
    Optional<Block> defaults = leeway.block("defaults");
    Block named = leeway.blockOrEmpty("models");
    if (named.keys().isEmpty()) {
      leeway.missing("models", "write models.NAME { task = ..., predictions { ... } }");
    }
    List<ModelConfig> models = new ArrayList<>();
    for (String name : named.keys()) {
      Optional<Block> model = named.block(name);
      if (model.isPresent() && model.get().looksLikeASplitName()) {
        continue;
      }
      model
          .map(own -> defaults.isPresent() ? own.over(defaults.get()) : own)
          .ifPresent(
              block -> {
                Settings settings = new Settings();
                models.add(ModelConfig.read(name, block.recordedIn(settings), settings));
                shown.putAll(settings.shown(block.path()));
              });
    }
    leeway.refuseUnknownKeys();
    return new LeewayConfig(store, notices, models, source, reading.relativePaths(), shown);
  }
}
