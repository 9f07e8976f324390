"""The tokenizer that sumy's document model is given."""

from sumy.models.dom import Sentence

from bot.summarize.tokenizer import ArabicTokenizer


def test_commas_and_colons_do_not_end_a_sentence() -> None:
    text = "قال المدير: وصلت الشحنة، وهي سليمة. وستوزع غداً."

    assert ArabicTokenizer().to_sentences(text) == ("قال المدير: وصلت الشحنة، وهي سليمة.", "وستوزع غداً.")


def test_words_with_vowel_marks_are_words() -> None:
    assert Sentence("أيضاً إنّ القِطارَ وصل", ArabicTokenizer()).words == ("ايضا", "ان", "القطار", "وصل")
