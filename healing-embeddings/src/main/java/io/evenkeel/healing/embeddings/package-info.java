/**
 * A tie-breaker for a ranker in doubt: which candidate's text means what the old text meant, by the cosine of sentence embeddings.
 *
 * <p>Adapter: uses LangChain4j's in-process model, which runs on ONNX Runtime. Loaded from a jar of its own; nothing of the product
 * refers to it.
 */
@NullMarked
package io.evenkeel.healing.embeddings;

import org.jspecify.annotations.NullMarked;
