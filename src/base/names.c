/* SPDX-License-Identifier: MIT
 * base/names.c - labels, emotions, signals and reasons as outputs name them. */
#include "earful/scorer.h"

const char *ef_label_name(ef_label label)
{
    static const char *const names[] = { "", "negative", "neutral", "positive" };
    return (unsigned)label < 4 ? names[label] : "";
}

const char *ef_emotion_name(ef_emotion emotion)
{
    static const char *const names[] = { "none", "anger",   "disgust", "fear",
                                         "joy",  "sadness", "surprise" };
    return (unsigned)emotion < EF_EMOTION_COUNT ? names[emotion] : "";
}

const char *ef_signal_name(unsigned index)
{
    static const char *const names[] = { "churn", "escalation", "effort",
                                         "refund", "legal",     "safety",
                                         "advocate", "thanks",  "sarcasm" };
    return index < EF_SIGNAL_COUNT ? names[index] : "";
}

const char *ef_reason_kind_name(ef_reason_kind kind)
{
    static const char *const names[] = { "lexicon", "classifier", "signal", "emotion",
                                         "own" };
    return (unsigned)kind <= EF_REASON_OWN ? names[kind] : "";
}
