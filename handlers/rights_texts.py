"""What we say of what we hold on a reader, and of forgetting it."""

from bot.telegram.language import Language


def privacy(language: Language) -> str:
    """Say what is held, why, how long, and who sees it."""
    return language.say(
        "ما أحتفظ به عنك، ولماذا:\n"
        "• رقم محادثتك ولغتك وتوقيتك ومواعيدك وساعات هدوئك وإجازتك وإعداداتك وموضوعاتك، وكيف تتابع كلًّا منها وما كتمته: "
        "ليصلك موجزك كما تريد.\n"
        "• تقييماتك 👍 👎: لترتيب أخبارك.\n"
        "• المقالات التي أرسلتها، والموجزات والأخبار التي وصلتك: كي لا يصلك خبر مرتين.\n"
        "• الأخبار التي حفظتها: لتعود إليها.\n"
        "• إن سمّاك المالك محررًا: اسمك وقراراتك.\n"
        "هذه كلها تبقى حتى تطلب محوها.\n"
        "• رسائلك كما سلّمها لي تلغرام، وفيها اسمك، وموقعك إن شاركته، وأجوبتي عنها، وما قرأته لك من روابط وملفات: "
        "يومان، ثم تُمحى. ورسائل المقال الطويل والألبوم ثلاثة أيام، وما بحثت عنه ثلاثون يومًا لتقلّب نتائجه.\n"
        "• في سجلّ التشغيل أرقام بلا نصوص ولا أسماء، يحفظه من يشغّل موجز.\n\n"
        "من يرى ماذا:\n"
        "• ما تتابعه لا يراه سوى من يشغّل موجز، ولا يُعطى لأحد.\n"
        "• مقال أرسلته قد ينشره محرر للجميع. يرى المحرر رقمك عندي لا اسمك، ولا يظهر للقراء منك شيء.\n"
        "• في المجموعات أسمع ما يسلّمه لي تلغرام، ويُمحى بعد يومين؛ وما يطلبه المشرفون محفوظ باسم المجموعة.\n\n"
        "/export — كل ما أحتفظ به عنك في ملف\n"
        "/forget — محو كل ذلك في الحال، ويبقى جوابي الأخير يومين"
    )


def enclosed(articles: int, language: Language) -> str:
    """Say what is in the file."""
    told = language.say("في هذا الملف كل ما أحتفظ به عنك.")
    if not articles:
        return told
    counted = language.count(
        "وفيه المقال الذي أرسلته إليّ.",
        "وفيه مقالاتك التي أرسلتها إليّ، وهي {number} مقالات.",
        articles,
    )
    return f"{told} {counted}"


def forget_all(language: Language, *, is_private: bool) -> str:
    """Ask if all is to be forgotten, and say what that means."""
    if not is_private:
        return language.say(
            "أأنسى هذا المكان؟ أمحو في الحال موضوعاته ومواعيده وموجزاته وما حُفظ له من مقالات، ولا يمكن استعادتها. "
            "ما نُشر للجميع يبقى مقالًا بلا اسم."
        )
    return language.say(
        "أأنسى كل شيء عنك؟ أمحو في الحال موضوعاتك ومواعيدك وإعداداتك وموجزاتك ورسائلك والمقالات التي أرسلتها "
        "والأخبار التي حفظتها وتقييماتك وما بحثت عنه، ولا يمكن استعادتها. "
        "ما نُشر منها للجميع يبقى مقالًا لا يدلّ عليك، وإن كنت محررًا لم تعد محررًا. لتحتفظ بنسخة اطلب أولًا /export"
    )


def yes_forget(language: Language) -> str:
    """Label the button that forgets."""
    return language.say("نعم، امحُ كل شيء")


def no_keep(language: Language) -> str:
    """Label the button that keeps."""
    return language.say("لا، أبقِ كل شيء")


def forgotten(language: Language) -> str:
    """Say that all is gone."""
    return language.say("مُحي كل شيء. إن أردت العودة يومًا فاضغط /start، ونبدأ من جديد.")


def kept(language: Language) -> str:
    """Say that nothing changed."""
    return language.say("لم يُمحَ شيء.")


def nothing_held(language: Language) -> str:
    """Say that there is nothing to forget."""
    return language.say("لا أحتفظ بشيء هنا. للبدء اضغط /start")


def late(language: Language) -> str:
    """Say that a question is too old to be answered."""
    return language.say("هذا السؤال قديم، فلم يُمحَ شيء. اطلب /forget من جديد.")
