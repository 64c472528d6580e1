"""Numbers of two texts that say the same."""

from decimal import Decimal

import pytest

from musnad.text.languages import Lang
from musnad.text.numbers import differ, read_numbers

READ: list[tuple[Lang, str, list[str]]] = [
    ("en", "costs about 2,500 dollars", ["2500"]),
    ("ar", "بنحو ٢٬٥٠٠ دولار", ["2500"]),
    ("ar", "بنحو ٢٫٥ مليون دولار", ["2500000"]),
    ("en", "2.5 million", ["2500000", "1000000"]),
    ("en", "50 kg, 10–15 men, 3rd of May, 12:30, 40%", ["50", "10", "15", "3", "12", "30", "40"]),
    ("en", "SY24, T-55, the 1990s, M16", []),
    ("en", "one of the two", []),
    ("ar", "شهرين، واحد من الرجلين", []),
    ("en", "ninety crowns", ["90"]),
    ("ar", "تسعون كراونًا", ["90"]),
    ("en", "a hundred and twenty-five", ["125", "100", "20", "5"]),
    ("ar", "مئة وخمسة وعشرون", ["125", "100", "20", "5"]),
    ("ar", "ثلاثة آلاف ومئتان", ["3200", "200", "1000", "3"]),
    ("ar", "عشرون ألفًا", ["20000", "2000", "20"]),
    ("ar", "ثلاثمائة عنصر، وبخمسمئة", ["300", "500"]),
    ("ar", "اثنا عشر رجلًا وأحد عشر", ["12", "11", "10"]),
    ("en", "two hundred and fifty thousand", ["250000"]),
    ("en", "half a million; a quarter of a million; three quarters of a million", ["500000", "250000", "750000"]),
    ("en", "two and a half million; a million and a half; three and a half", ["2500000", "1500000", "3.5"]),
    ("en", "half a dozen; two dozen; $2.5bn", ["6", "24", "2500000000"]),
    ("ar", "نصف مليون، وربع مليون، وثلاثة أرباع المليون", ["500000", "250000", "750000"]),
    ("ar", "مليونان ونصف المليون، مليون ونصف، ثلاثة ملايين ونصف", ["2500000", "1500000", "3500000"]),
    ("ar", "ثلاثة مليارات، ألفي رجل، مائتا طن، الثاني والعشرين", ["3000000000", "2000", "200", "22"]),
    ("ar", "خمسة عشر ألفًا ومئتان وخمسون", ["15250"]),
    ("ar", "أربعون في المئة", ["40"]),
    ("ar", "نصف دزينة", ["6"]),
    ("en", "the third year of ten", ["3", "10"]),
]


@pytest.mark.parametrize(("lang", "text", "numbers"), READ)
def test_numbers_are_read_in_figures_and_words(lang: Lang, text: str, numbers: list[str]) -> None:
    """Words put together and alone, so that what may be meant is there."""
    found = read_numbers(text, lang).all
    assert set(map(Decimal, numbers)) <= found
    assert found or not numbers
    assert numbers or not found


SAME = [
    ("250 دولارًا", "250 dollars"),
    ("٢٥٠ دولارًا", "250 dollars"),
    ("مئات من الحملات", "hundreds of campaigns"),
    ("عشرات الهجمات", "dozens of attacks"),
    ("خلال شهرين", "within 2 months"),
    ("في السنوات الخمس", "in the 5 years"),
    ("في السنوات الخمس", "in the five years"),
    ("نصف السكان", "50% of the population"),
    ("٪٤٠ من الغلّة", "40% of the harvest"),
    ("مليونان ونصف مليون", "2.5 million"),
    ("2,5 مليون", "2,500,000"),
    ("من 10 إلى 15", "10–15"),
    ("ثلاثة آلاف مقاتل", "3,000 fighters"),
    ("ألف رجل", "a thousand men"),
    ("ألفا رجل", "2,000 men"),
    ("دزينة من الرجال", "12 men"),
    ("نصف مليون ليرة", "500,000 pounds"),
    ("مليون ونصف", "1.5 million"),
    ("مليونان ونصف المليون", "two and a half million"),
    ("ستون في المئة", "60 per cent"),
    ("٦٠٪", "sixty percent"),
    ("60 في المئة", "60%"),
    ("ستة أضعاف السعر", "six times the price"),
    ("بين 120 و200 طن", "between 120 and 200 tons"),
    ("ثلث الغلّة", "a third of the harvest"),
    ("ألفا دولار", "two thousand dollars"),
    ("اثنا عشر طفلًا من ثلاثين", "12 of 30 children"),
    ("صحيفة إس واي", "SY24"),
    ("أحد الرجال", "one of the men"),
    ("من أبرز المعاقل", "one of the main strongholds"),
    ("في التسعينيات", "in the 1990s"),
    ("عدد من الرجال", "several men"),
    ("يوم الأربعاء 3 آذار 2024", "on Wednesday, 3 March 2024"),
    ("قبل الثالث من آذار", "before 3 March"),
]
DIFFERENT = [
    ("250 دولارًا", "2,500 dollars"),
    ("بنحو 250 دولارًا", "about 520 dollars"),
    ("خمسة رجال", "six men"),
    ("مئات الحملات", "dozens of campaigns"),
    ("آلاف الرجال", "hundreds of men"),
    ("في 2023", "in 2024"),
    ("٥٠ كغ بنحو ٢٥٠ دولارًا", "50 kg for about 200 dollars"),
    ("كيس الطحين", "a 50 kg sack of flour"),
    ("ثلاثة رجال", "30 men, 12 women"),
    ("كيس زنة 50 كغ", "a 50 kg sack for 250 dollars"),
    ("نصف مليون ليرة", "50,000 pounds"),
    ("ستون في المئة", "16%"),
    ("خمسة عشر رجلًا", "fifty men"),
    ("مليونان ونصف المليون", "3.5 million"),
    ("ثلاثة مليارات", "three million"),
]


@pytest.mark.parametrize(("ar", "en"), SAME)
def test_same_numbers_do_not_differ(ar: str, en: str) -> None:
    """In whatever way each language says them; what can't be compared is no difference."""
    assert not differ(read_numbers(ar, "ar"), read_numbers(en, "en"))


@pytest.mark.parametrize(("ar", "en"), DIFFERENT)
def test_other_numbers_differ(ar: str, en: str) -> None:
    """A slip of a digit, of a word, or a number that is missing."""
    assert differ(read_numbers(ar, "ar"), read_numbers(en, "en"))
