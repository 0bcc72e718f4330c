package gisa.tests.nori;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ko.KoreanNumberFilter;
import org.apache.lucene.analysis.ko.KoreanPartOfSpeechStopFilter;
import org.apache.lucene.analysis.ko.KoreanReadingFormFilter;
import org.apache.lucene.analysis.ko.KoreanTokenizer;
import org.apache.lucene.analysis.ko.KoreanTokenizer.DecompoundMode;
import org.apache.lucene.analysis.ko.POS;
import org.apache.lucene.analysis.ko.dict.UserDictionary;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;

/** Lucene's nori under the names and options that the official analysis-nori plugin gives it; for tests alone. */
public final class NoriPlugin extends Plugin implements AnalysisPlugin {

    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        return Map.of("nori_tokenizer", (index, environment, name, settings) -> tokenizer(environment, name, settings));
    }

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of(
            "nori_part_of_speech", (index, environment, name, settings) -> {
                Set<POS.Tag> stopTags = stopTags(environment, settings);
                return filter(name, input -> new KoreanPartOfSpeechStopFilter(input, stopTags));
            },
            "nori_readingform", (index, environment, name, settings) -> filter(name, KoreanReadingFormFilter::new),
            "nori_number", (index, environment, name, settings) -> filter(name, KoreanNumberFilter::new));
    }

    private static TokenizerFactory tokenizer(Environment environment, String name, Settings settings) {
        UserDictionary dictionary = userDictionary(environment, settings);
        String mode = settings.get("decompound_mode", KoreanTokenizer.DEFAULT_DECOMPOUND.name());
        DecompoundMode decompound = DecompoundMode.valueOf(mode.toUpperCase(Locale.ROOT));
        boolean discard = settings.getAsBoolean("discard_punctuation", true);
        return TokenizerFactory.newFactory(name, () -> new KoreanTokenizer(
            KoreanTokenizer.DEFAULT_TOKEN_ATTRIBUTE_FACTORY, dictionary, decompound, false, discard));
    }

    /** Returns the dictionary of `user_dictionary` (a file) or `user_dictionary_rules`; null where there is neither. */
    private static UserDictionary userDictionary(Environment environment, Settings settings) {
        if (settings.hasValue("user_dictionary") && settings.hasValue("user_dictionary_rules")) {
            throw new IllegalArgumentException("give either [user_dictionary] or [user_dictionary_rules], not both");
        }
        List<String> rules = Analysis.getWordList(
            environment, settings, "user_dictionary", "user_dictionary_rules", "lenient", true, true);
        if (rules == null || rules.isEmpty()) {
            return null;
        }
        try {
            return UserDictionary.open(new StringReader(String.join("\n", rules)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the user dictionary", e);
        }
    }

    private static Set<POS.Tag> stopTags(Environment environment, Settings settings) {
        List<String> names = Analysis.getWordList(environment, settings, "stoptags");
        return names == null
            ? KoreanPartOfSpeechStopFilter.DEFAULT_STOP_TAGS
            : names.stream().map(POS::resolveTag).collect(Collectors.toUnmodifiableSet());
    }

    private static TokenFilterFactory filter(String name, UnaryOperator<TokenStream> wrap) {
        return new AbstractTokenFilterFactory(name) {
            @Override
            public TokenStream create(TokenStream input) {
                return wrap.apply(input);
            }
        };
    }
}
