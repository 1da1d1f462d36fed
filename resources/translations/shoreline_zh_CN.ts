<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Shoreline</source>
        <translation>关于 Shoreline</translation>
    </message>
    <message>
        <source>A desktop studio for Stable Diffusion: layers, masks, history, plugins.</source>
        <translation>Stable Diffusion 桌面工作室：图层、蒙版、历史、插件。</translation>
    </message>
    <message>
        <source>Licensed under the Apache License 2.0. It stands on free libraries; their licences are listed in the third-party credits that come with it.</source>
        <translation>以 Apache License 2.0 授权。它建立在自由软件库之上；各库的许可证列在随附的第三方鸣谢中。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;New…</source>
        <translation>新建(&amp;N)…</translation>
    </message>
    <message>
        <source>Start a new picture</source>
        <translation>开始一幅新图片</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>Open a picture</source>
        <translation>打开一幅图片</translation>
    </message>
    <message>
        <source>Open as &amp;Layer…</source>
        <translation>作为图层打开(&amp;L)…</translation>
    </message>
    <message>
        <source>Put a picture file into this one as a layer</source>
        <translation>把一个图片文件作为图层放入当前图片</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save the picture to its file</source>
        <translation>把图片保存到它的文件</translation>
    </message>
    <message>
        <source>Save &amp;As…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Save the picture to another file</source>
        <translation>把图片保存到另一个文件</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Write a flat copy of the picture; the picture keeps its own file</source>
        <translation>写出一份合并图层的副本；图片仍使用自己的文件</translation>
    </message>
    <message>
        <source>&amp;Close Picture</source>
        <translation>关闭图片(&amp;C)</translation>
    </message>
    <message>
        <source>Close the picture that is shown; others stay open</source>
        <translation>关闭当前显示的图片；其他图片保持打开</translation>
    </message>
    <message>
        <source>&amp;Clear Recent Files</source>
        <translation>清除最近文件(&amp;C)</translation>
    </message>
    <message>
        <source>Forget which files were opened and saved last</source>
        <translation>忘记最近打开和保存过的文件</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Close Shoreline</source>
        <translation>关闭 Shoreline</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>Go one step back</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Go one step forward</source>
        <translation>前进一步</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>Move the layer&apos;s pixels (inside the mask, if there is one) to the clipboard</source>
        <translation>把图层的像素（有蒙版时为蒙版内的部分）移到剪贴板</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Copy the layer&apos;s pixels (inside the mask, if there is one) to the clipboard</source>
        <translation>把图层的像素（有蒙版时为蒙版内的部分）复制到剪贴板</translation>
    </message>
    <message>
        <source>Copy &amp;Merged</source>
        <translation>合并复制(&amp;M)</translation>
    </message>
    <message>
        <source>Copy what is seen (inside the mask, if there is one) to the clipboard</source>
        <translation>把所见内容（有蒙版时为蒙版内的部分）复制到剪贴板</translation>
    </message>
    <message>
        <source>&amp;Paste as Layer</source>
        <translation>粘贴为图层(&amp;P)</translation>
    </message>
    <message>
        <source>Put the picture on the clipboard into a new layer</source>
        <translation>把剪贴板上的图片放入新图层</translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation>清除(&amp;L)</translation>
    </message>
    <message>
        <source>Clear the layer&apos;s pixels (inside the mask, if there is one)</source>
        <translation>清除图层的像素（有蒙版时为蒙版内的部分）</translation>
    </message>
    <message>
        <source>&amp;Swap Colours</source>
        <translation>交换颜色(&amp;S)</translation>
    </message>
    <message>
        <source>Paint with the other colour</source>
        <translation>改用另一种颜色绘画</translation>
    </message>
    <message>
        <source>Pre&amp;ferences…</source>
        <translation>首选项(&amp;F)…</translation>
    </message>
    <message>
        <source>Theme, language, device, memory and shortcuts</source>
        <translation>主题、语言、设备、内存和快捷键</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Show the picture larger</source>
        <translation>把图片显示得更大</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>Show the picture smaller</source>
        <translation>把图片显示得更小</translation>
    </message>
    <message>
        <source>&amp;Fit in Window</source>
        <translation>适合窗口(&amp;F)</translation>
    </message>
    <message>
        <source>Show the whole picture</source>
        <translation>显示整幅图片</translation>
    </message>
    <message>
        <source>&amp;Actual Size</source>
        <translation>实际大小(&amp;A)</translation>
    </message>
    <message>
        <source>Show one picture pixel as one screen pixel</source>
        <translation>图片的一个像素显示为屏幕的一个像素</translation>
    </message>
    <message>
        <source>Rotate &amp;Left</source>
        <translation>向左旋转(&amp;L)</translation>
    </message>
    <message>
        <source>Turn the view to the left by 15°; the picture stays as it is</source>
        <translation>视图向左转 15°；图片本身不变</translation>
    </message>
    <message>
        <source>Rotate &amp;Right</source>
        <translation>向右旋转(&amp;R)</translation>
    </message>
    <message>
        <source>Turn the view to the right by 15°; the picture stays as it is</source>
        <translation>视图向右转 15°；图片本身不变</translation>
    </message>
    <message>
        <source>&amp;Mirror View</source>
        <translation>镜像视图(&amp;M)</translation>
    </message>
    <message>
        <source>Mirror the view; the picture stays as it is</source>
        <translation>镜像视图；图片本身不变</translation>
    </message>
    <message>
        <source>Re&amp;set View</source>
        <translation>重置视图(&amp;S)</translation>
    </message>
    <message>
        <source>No rotation, no mirror, the whole picture</source>
        <translation>不旋转、不镜像，显示整幅图片</translation>
    </message>
    <message>
        <source>&amp;Next Picture</source>
        <translation>下一张图片(&amp;N)</translation>
    </message>
    <message>
        <source>Show the open picture to the right</source>
        <translation>显示右边那张已打开的图片</translation>
    </message>
    <message>
        <source>Pr&amp;evious Picture</source>
        <translation>上一张图片(&amp;E)</translation>
    </message>
    <message>
        <source>Show the open picture to the left</source>
        <translation>显示左边那张已打开的图片</translation>
    </message>
    <message>
        <source>Show Mas&amp;k</source>
        <translation>显示蒙版(&amp;K)</translation>
    </message>
    <message>
        <source>Show or hide the mask&apos;s colour over the picture</source>
        <translation>显示或隐藏图片上的蒙版颜色</translation>
    </message>
    <message>
        <source>Preview O&amp;ver the Picture</source>
        <translation>在图片上预览(&amp;V)</translation>
    </message>
    <message>
        <source>See what is being drawn on its place; painting moves it into the corner</source>
        <translation>在原位查看正在绘制的内容；开始绘画时会移到角落</translation>
    </message>
    <message>
        <source>F&amp;ull Screen</source>
        <translation>全屏(&amp;U)</translation>
    </message>
    <message>
        <source>Fill the screen with the window</source>
        <translation>让窗口占满屏幕</translation>
    </message>
    <message>
        <source>Lock &amp;Panels</source>
        <translation>锁定面板(&amp;P)</translation>
    </message>
    <message>
        <source>Unlock to drag panels to other places or out of the window; their titles show then</source>
        <translation>解锁后可把面板拖到别处或拖出窗口；此时会显示面板标题</translation>
    </message>
    <message>
        <source>&amp;Dark Theme</source>
        <translation>深色主题(&amp;D)</translation>
    </message>
    <message>
        <source>Change between the dark and the light theme</source>
        <translation>在深色与浅色主题之间切换</translation>
    </message>
    <message>
        <source>Change the weight of the selected words in the prompt, or of the one at its cursor</source>
        <translation>改变提示词中所选词语（或光标处词语）的权重</translation>
    </message>
    <message>
        <source>&amp;Generate</source>
        <translation>生成(&amp;G)</translation>
    </message>
    <message>
        <source>Ask for a picture with the settings of the Generate panel</source>
        <translation>按生成面板的设置生成一幅图片</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Stop the picture in progress within one step</source>
        <translation>在一步之内停止正在生成的图片</translation>
    </message>
    <message>
        <source>Cancel &amp;All</source>
        <translation>全部取消(&amp;A)</translation>
    </message>
    <message>
        <source>Stop the picture in progress and empty the queue</source>
        <translation>停止正在生成的图片并清空队列</translation>
    </message>
    <message>
        <source>Clear &amp;Finished</source>
        <translation>清除已结束的任务(&amp;F)</translation>
    </message>
    <message>
        <source>Take what is over out of the queue, with its pictures; layers stay</source>
        <translation>将已结束的任务及其图片移出队列；图层会保留</translation>
    </message>
    <message>
        <source>Use &amp;Settings of This Step</source>
        <translation>使用此步骤的设置(&amp;S)</translation>
    </message>
    <message>
        <source>Show in the Generate panel what made the current step of history</source>
        <translation>在生成面板中显示产生当前历史步骤的设置</translation>
    </message>
    <message>
        <source>Words Str&amp;onger</source>
        <translation>加强词语(&amp;O)</translation>
    </message>
    <message>
        <source>Words &amp;Weaker</source>
        <translation>减弱词语(&amp;W)</translation>
    </message>
    <message>
        <source>Words a Little Stronger</source>
        <translation>略微加强词语</translation>
    </message>
    <message>
        <source>Words a Little Weaker</source>
        <translation>略微减弱词语</translation>
    </message>
    <message>
        <source>&amp;Plugins…</source>
        <translation>插件(&amp;P)…</translation>
    </message>
    <message>
        <source>See what each plugin adds, and switch plugins on or off</source>
        <translation>查看每个插件增加了什么，并启用或停用插件</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>模型(&amp;M)…</translation>
    </message>
    <message>
        <source>See, add and download models</source>
        <translation>查看、添加和下载模型</translation>
    </message>
    <message>
        <source>&amp;Engine…</source>
        <translation>引擎(&amp;E)…</translation>
    </message>
    <message>
        <source>Install, change or repair what draws the pictures</source>
        <translation>安装、更换或修复绘制图片的引擎</translation>
    </message>
    <message>
        <source>Open Plugin &amp;Folder</source>
        <translation>打开插件文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>Show the folder for your own plugins</source>
        <translation>显示存放您自己插件的文件夹</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Read how Shoreline works</source>
        <translation>了解 Shoreline 的用法</translation>
    </message>
    <message>
        <source>&amp;Find a Command…</source>
        <translation>查找命令(&amp;F)…</translation>
    </message>
    <message>
        <source>Search everything that Shoreline can do, by name or by key</source>
        <translation>按名称或按键查找 Shoreline 能做的一切</translation>
    </message>
    <message>
        <source>&amp;Welcome</source>
        <translation>欢迎(&amp;W)</translation>
    </message>
    <message>
        <source>Show the first steps, the language and the state of the engine</source>
        <translation>显示入门步骤、语言和引擎状态</translation>
    </message>
    <message>
        <source>Open &amp;Log Folder</source>
        <translation>打开日志文件夹(&amp;L)</translation>
    </message>
    <message>
        <source>Show the folder with the log of problems</source>
        <translation>显示存放问题日志的文件夹</translation>
    </message>
    <message>
        <source>&amp;About Shoreline</source>
        <translation>关于 Shoreline(&amp;A)</translation>
    </message>
    <message>
        <source>Version and credits</source>
        <translation>版本与鸣谢</translation>
    </message>
    <message>
        <source>&amp;New Layer</source>
        <translation>新建图层(&amp;N)</translation>
    </message>
    <message>
        <source>Add an empty layer above this one</source>
        <translation>在此图层上方添加一个空图层</translation>
    </message>
    <message>
        <source>New &amp;Group</source>
        <translation>新建组(&amp;G)</translation>
    </message>
    <message>
        <source>Add an empty group above this layer</source>
        <translation>在此图层上方添加一个空组</translation>
    </message>
    <message>
        <source>G&amp;roup Layer</source>
        <translation>图层编组(&amp;R)</translation>
    </message>
    <message>
        <source>Put this layer into a new group</source>
        <translation>把此图层放入一个新组</translation>
    </message>
    <message>
        <source>&amp;Ungroup</source>
        <translation>取消编组(&amp;U)</translation>
    </message>
    <message>
        <source>Take the layers out of this group</source>
        <translation>把图层从此组中取出</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>复制图层(&amp;D)</translation>
    </message>
    <message>
        <source>New Layer from Visi&amp;ble</source>
        <translation>由可见内容新建图层(&amp;B)</translation>
    </message>
    <message>
        <source>Add a layer that holds what is seen, all layers joined</source>
        <translation>新建一个图层，内容为合并后所见的画面</translation>
    </message>
    <message>
        <source>Add a copy of this layer</source>
        <translation>添加此图层的副本</translation>
    </message>
    <message>
        <source>R&amp;ename</source>
        <translation>重命名(&amp;E)</translation>
    </message>
    <message>
        <source>Type another name for this layer</source>
        <translation>为此图层输入新的名称</translation>
    </message>
    <message>
        <source>Dele&amp;te</source>
        <translation>删除(&amp;T)</translation>
    </message>
    <message>
        <source>Delete this layer</source>
        <translation>删除此图层</translation>
    </message>
    <message>
        <source>Move U&amp;p</source>
        <translation>上移(&amp;P)</translation>
    </message>
    <message>
        <source>Move this layer one place up</source>
        <translation>把此图层上移一位</translation>
    </message>
    <message>
        <source>Move Do&amp;wn</source>
        <translation>下移(&amp;W)</translation>
    </message>
    <message>
        <source>Move this layer one place down</source>
        <translation>把此图层下移一位</translation>
    </message>
    <message>
        <source>&amp;Merge Down</source>
        <translation>向下合并(&amp;M)</translation>
    </message>
    <message>
        <source>Join this layer with the one below</source>
        <translation>把此图层与下方图层合为一层</translation>
    </message>
    <message>
        <source>&amp;Flatten Picture</source>
        <translation>拼合图片(&amp;F)</translation>
    </message>
    <message>
        <source>Join all layers that are seen into one</source>
        <translation>把所有可见图层合为一层</translation>
    </message>
    <message>
        <source>&amp;Visible</source>
        <translation>可见(&amp;V)</translation>
    </message>
    <message>
        <source>Show or hide this layer</source>
        <translation>显示或隐藏此图层</translation>
    </message>
    <message>
        <source>Show Alone or All</source>
        <translation>单独显示或全部显示</translation>
    </message>
    <message>
        <source>Hide all layers beside this one; once hidden, show them all</source>
        <translation>隐藏与此图层同级的其他图层；若已隐藏，则全部显示</translation>
    </message>
    <message>
        <source>L&amp;ocked</source>
        <translation>锁定(&amp;O)</translation>
    </message>
    <message>
        <source>Protect this layer from changes</source>
        <translation>保护此图层不被改动</translation>
    </message>
    <message>
        <source>Add Layer Mas&amp;k</source>
        <translation>添加图层蒙版(&amp;K)</translation>
    </message>
    <message>
        <source>Give this layer a layer mask that shows all of it, to paint on</source>
        <translation>为此图层添加显示全部内容的图层蒙版，供您绘制</translation>
    </message>
    <message>
        <source>&amp;Hide Outside the Mask</source>
        <translation>隐藏蒙版之外(&amp;H)</translation>
    </message>
    <message>
        <source>Give this layer a layer mask that shows it only inside the painted mask</source>
        <translation>给此图层加一个图层蒙版，只显示所绘蒙版之内的部分</translation>
    </message>
    <message>
        <source>Use Layer M&amp;ask</source>
        <translation>使用图层蒙版(&amp;A)</translation>
    </message>
    <message>
        <source>Let this layer&apos;s mask hide what it hides, or keep it switched off</source>
        <translation>让图层蒙版起作用，或将其关闭但保留</translation>
    </message>
    <message>
        <source>Show La&amp;yer Mask Alone</source>
        <translation>单独显示图层蒙版(&amp;Y)</translation>
    </message>
    <message>
        <source>See this layer&apos;s mask in place of the picture: white shows, black hides</source>
        <translation>以图层蒙版代替画面显示：白色显示，黑色隐藏</translation>
    </message>
    <message>
        <source>&amp;Invert Layer Mask</source>
        <translation>反转图层蒙版(&amp;I)</translation>
    </message>
    <message>
        <source>Show what this layer&apos;s mask hides, and hide what it shows</source>
        <translation>显示蒙版所隐藏的，隐藏蒙版所显示的</translation>
    </message>
    <message>
        <source>Apply Layer Mask</source>
        <translation>应用图层蒙版</translation>
    </message>
    <message>
        <source>Make what this layer&apos;s mask hides transparent for good</source>
        <translation>把此图层蒙版遮住的部分永久变为透明</translation>
    </message>
    <message>
        <source>Remove Layer Mask</source>
        <translation>移除图层蒙版</translation>
    </message>
    <message>
        <source>Take this layer&apos;s mask away and show all of it</source>
        <translation>去掉此图层的蒙版并显示全部内容</translation>
    </message>
    <message>
        <source>Mask &amp;Everything</source>
        <translation>全部蒙版(&amp;E)</translation>
    </message>
    <message>
        <source>Mask the whole picture</source>
        <translation>蒙住整幅图片</translation>
    </message>
    <message>
        <source>&amp;Clear Mask</source>
        <translation>清除蒙版(&amp;C)</translation>
    </message>
    <message>
        <source>Remove the mask</source>
        <translation>移除蒙版</translation>
    </message>
    <message>
        <source>&amp;Invert Mask</source>
        <translation>反转蒙版(&amp;I)</translation>
    </message>
    <message>
        <source>Mask what is not masked</source>
        <translation>蒙住未被蒙住的部分</translation>
    </message>
    <message>
        <source>&amp;Grow…</source>
        <translation>扩大(&amp;G)…</translation>
    </message>
    <message>
        <source>Make the mask larger by some pixels</source>
        <translation>把蒙版扩大若干像素</translation>
    </message>
    <message>
        <source>&amp;Shrink…</source>
        <translation>缩小(&amp;S)…</translation>
    </message>
    <message>
        <source>Make the mask smaller by some pixels</source>
        <translation>把蒙版缩小若干像素</translation>
    </message>
    <message>
        <source>&amp;Feather…</source>
        <translation>羽化(&amp;F)…</translation>
    </message>
    <message>
        <source>Soften the edge of the mask by some pixels</source>
        <translation>把蒙版边缘柔化若干像素</translation>
    </message>
    <message>
        <source>From &amp;Layer</source>
        <translation>来自图层(&amp;L)</translation>
    </message>
    <message>
        <source>Mask what this layer covers</source>
        <translation>蒙住此图层覆盖的区域</translation>
    </message>
    <message>
        <source>&amp;Resize Image…</source>
        <translation>调整图片大小(&amp;R)…</translation>
    </message>
    <message>
        <source>Scale the picture with all its layers</source>
        <translation>缩放图片及其所有图层</translation>
    </message>
    <message>
        <source>&amp;Upscale…</source>
        <translation>放大画质(&amp;U)…</translation>
    </message>
    <message>
        <source>Enlarge the picture, a layer or the masked part with more detail</source>
        <translation>放大整幅画、一个图层或蒙版内的部分，并增加细节</translation>
    </message>
    <message>
        <source>&amp;Canvas Size…</source>
        <translation>画布大小(&amp;C)…</translation>
    </message>
    <message>
        <source>Add or cut away room around the picture</source>
        <translation>增加或裁去图片四周的空间</translation>
    </message>
    <message>
        <source>Crop to &amp;Mask</source>
        <translation>裁剪到蒙版(&amp;M)</translation>
    </message>
    <message>
        <source>Cut the picture to the box around the mask</source>
        <translation>把图片裁剪到蒙版的外框</translation>
    </message>
    <message>
        <source>Flip &amp;Horizontally</source>
        <translation>水平翻转(&amp;H)</translation>
    </message>
    <message>
        <source>Mirror the picture left to right</source>
        <translation>左右翻转图片</translation>
    </message>
    <message>
        <source>Flip &amp;Vertically</source>
        <translation>垂直翻转(&amp;V)</translation>
    </message>
    <message>
        <source>Mirror the picture top to bottom</source>
        <translation>上下翻转图片</translation>
    </message>
    <message>
        <source>Rotate 90° R&amp;ight</source>
        <translation>向右旋转 90°(&amp;I)</translation>
    </message>
    <message>
        <source>Turn the picture clockwise</source>
        <translation>顺时针转动图片</translation>
    </message>
    <message>
        <source>Rotate 90° &amp;Left</source>
        <translation>向左旋转 90°(&amp;L)</translation>
    </message>
    <message>
        <source>Turn the picture counter-clockwise</source>
        <translation>逆时针转动图片</translation>
    </message>
    <message>
        <source>Rotate &amp;180°</source>
        <translation>旋转 180°(&amp;1)</translation>
    </message>
    <message>
        <source>Turn the picture upside down</source>
        <translation>把图片上下颠倒</translation>
    </message>
    <message>
        <source>&amp;Make Timeline</source>
        <translation>建立时间轴(&amp;M)</translation>
    </message>
    <message>
        <source>Make frames of the selected layers, or of what a group holds</source>
        <translation>把所选图层或一个图层组里的内容变成帧</translation>
    </message>
    <message>
        <source>Remo&amp;ve Timeline</source>
        <translation>移除时间轴(&amp;V)</translation>
    </message>
    <message>
        <source>Make an ordinary group of the frames again; no frame is lost</source>
        <translation>把这些帧恢复为普通图层组；不会丢失任何帧</translation>
    </message>
    <message>
        <source>&amp;Keyframe Animation</source>
        <translation>关键帧动画(&amp;K)</translation>
    </message>
    <message>
        <source>Make and render an animation with keyframes, curves and formulas</source>
        <translation>用关键帧、曲线和公式制作并渲染动画</translation>
    </message>
    <message>
        <source>Open Animation Pro&amp;ject…</source>
        <translation>打开动画项目(&amp;J)…</translation>
    </message>
    <message>
        <source>Open a project file, as “shoreline animate” draws it</source>
        <translation>打开一个项目文件，与“shoreline animate”所用的相同</translation>
    </message>
    <message>
        <source>Export &amp;Animation…</source>
        <translation>导出动画(&amp;A)…</translation>
    </message>
    <message>
        <source>Write the frames as a film, an animated picture or a sprite sheet</source>
        <translation>将各帧写成影片、动画图片或精灵图</translation>
    </message>
    <message>
        <source>&amp;New Frame</source>
        <translation>新建帧(&amp;N)</translation>
    </message>
    <message>
        <source>Add an empty frame after this one</source>
        <translation>在当前帧之后添加一个空白帧</translation>
    </message>
    <message>
        <source>&amp;Duplicate Frames</source>
        <translation>复制为新帧(&amp;D)</translation>
    </message>
    <message>
        <source>Add copies of the selected frames after them</source>
        <translation>在所选帧之后添加它们的副本</translation>
    </message>
    <message>
        <source>Cu&amp;t Frames</source>
        <translation>剪切帧(&amp;T)</translation>
    </message>
    <message>
        <source>Take the selected frames out, to paste them elsewhere</source>
        <translation>取出所选帧，以便粘贴到别处</translation>
    </message>
    <message>
        <source>&amp;Copy Frames</source>
        <translation>拷贝帧(&amp;C)</translation>
    </message>
    <message>
        <source>Remember the selected frames, to paste them elsewhere</source>
        <translation>记住所选帧，以便粘贴到别处</translation>
    </message>
    <message>
        <source>Pa&amp;ste Frames</source>
        <translation>粘贴帧(&amp;S)</translation>
    </message>
    <message>
        <source>Put the frames that were cut or copied after this one</source>
        <translation>把剪切或拷贝的帧放到当前帧之后</translation>
    </message>
    <message>
        <source>D&amp;elete Frames</source>
        <translation>删除帧(&amp;E)</translation>
    </message>
    <message>
        <source>Delete the selected frames</source>
        <translation>删除所选帧</translation>
    </message>
    <message>
        <source>&amp;Reverse Frames</source>
        <translation>反转帧(&amp;R)</translation>
    </message>
    <message>
        <source>Turn the order of the selected frames round; of all, if only one is</source>
        <translation>反转所选帧的顺序；只选了一帧时反转全部</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>播放(&amp;P)</translation>
    </message>
    <message>
        <source>Play the frames, or stop; any change of the picture stops it too</source>
        <translation>播放这些帧或停止；对图片的任何改动也会停止播放</translation>
    </message>
    <message>
        <source>&amp;First Frame</source>
        <translation>第一帧(&amp;F)</translation>
    </message>
    <message>
        <source>Show the first frame</source>
        <translation>显示第一帧</translation>
    </message>
    <message>
        <source>Prev&amp;ious Frame</source>
        <translation>上一帧(&amp;I)</translation>
    </message>
    <message>
        <source>Show the frame before this one; before the first comes the last</source>
        <translation>显示前一帧；第一帧之前是最后一帧</translation>
    </message>
    <message>
        <source>Ne&amp;xt Frame</source>
        <translation>下一帧(&amp;X)</translation>
    </message>
    <message>
        <source>Show the frame after this one; after the last comes the first</source>
        <translation>显示后一帧；最后一帧之后是第一帧</translation>
    </message>
    <message>
        <source>&amp;Last Frame</source>
        <translation>最后一帧(&amp;L)</translation>
    </message>
    <message>
        <source>Show the last frame</source>
        <translation>显示最后一帧</translation>
    </message>
    <message>
        <source>&amp;Onion Skin</source>
        <translation>洋葱皮(&amp;O)</translation>
    </message>
    <message>
        <source>Show the frames before and after this one, tinted and translucent</source>
        <translation>以着色半透明的方式显示前后的帧</translation>
    </message>
    <message>
        <source>Show or hide the panel “{name}”</source>
        <translation>显示或隐藏“{name}”面板</translation>
    </message>
    <message>
        <source>New Fill &amp;Layer</source>
        <translation>新建填充图层(&amp;L)</translation>
    </message>
    <message>
        <source>Add a layer of the brush&apos;s colour that covers the whole canvas</source>
        <translation>添加一个画笔颜色的图层，铺满整个画布</translation>
    </message>
    <message>
        <source>Fill &amp;Colour…</source>
        <translation>填充颜色(&amp;C)…</translation>
    </message>
    <message>
        <source>Choose another colour for this fill layer</source>
        <translation>为此填充图层选择另一种颜色</translation>
    </message>
    <message>
        <source>Rasterise</source>
        <translation>栅格化</translation>
    </message>
    <message>
        <source>Make pixels of this fill layer, to paint on it</source>
        <translation>把此填充图层变成像素，以便在上面绘画</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>跳变(&amp;S)</translation>
    </message>
    <message>
        <source>Hold the values of the chosen keyframes until the next ones</source>
        <translation>所选关键帧的值保持到下一个关键帧</translation>
    </message>
    <message>
        <source>&amp;Linear</source>
        <translation>线性(&amp;L)</translation>
    </message>
    <message>
        <source>Go straight from the chosen keyframes to the next ones</source>
        <translation>从所选关键帧直线过渡到下一个关键帧</translation>
    </message>
    <message>
        <source>C&amp;ubic</source>
        <translation>平滑(&amp;U)</translation>
    </message>
    <message>
        <source>Go through the chosen keyframes in a smooth curve</source>
        <translation>以平滑曲线通过所选关键帧</translation>
    </message>
    <message>
        <source>&amp;Ease</source>
        <translation>缓入缓出(&amp;E)</translation>
    </message>
    <message>
        <source>Leave the chosen keyframes slowly and reach the next ones slowly</source>
        <translation>缓慢离开所选关键帧，缓慢到达下一个关键帧</translation>
    </message>
    <message>
        <source>&amp;New Project</source>
        <translation>新建项目(&amp;N)</translation>
    </message>
    <message>
        <source>Begin a project with what the Generate panel asks for</source>
        <translation>用生成面板的设置新建一个项目</translation>
    </message>
    <message>
        <source>New Project from the &amp;Example</source>
        <translation>从示例新建项目(&amp;E)</translation>
    </message>
    <message>
        <source>Begin with a copy of the project that ships</source>
        <translation>从随附项目的副本开始</translation>
    </message>
    <message>
        <source>&amp;Open Project…</source>
        <translation>打开项目(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Save Project</source>
        <translation>保存项目(&amp;S)</translation>
    </message>
    <message>
        <source>Save the project to its file</source>
        <translation>将项目保存到它的文件</translation>
    </message>
    <message>
        <source>Save Project &amp;As…</source>
        <translation>项目另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Save the project to another file</source>
        <translation>将项目保存到另一个文件</translation>
    </message>
    <message>
        <source>&amp;Close Window</source>
        <translation>关闭窗口(&amp;C)</translation>
    </message>
    <message>
        <source>Hide this window; the project stays, and what is drawn goes on</source>
        <translation>隐藏此窗口；项目保留，正在进行的绘制会继续</translation>
    </message>
    <message>
        <source>&amp;Add Keyframe</source>
        <translation>添加关键帧(&amp;A)</translation>
    </message>
    <message>
        <source>Add a keyframe to this track at the current frame</source>
        <translation>在当前帧为此轨道添加关键帧</translation>
    </message>
    <message>
        <source>Edit &amp;Value…</source>
        <translation>编辑数值(&amp;V)…</translation>
    </message>
    <message>
        <source>Type another value for the chosen keyframe</source>
        <translation>为所选关键帧输入另一个值</translation>
    </message>
    <message>
        <source>&amp;Delete Keyframes</source>
        <translation>删除关键帧(&amp;D)</translation>
    </message>
    <message>
        <source>Delete the chosen keyframes</source>
        <translation>删除所选的关键帧</translation>
    </message>
    <message>
        <source>&amp;Choose All of the Track</source>
        <translation>选择轨道的全部关键帧(&amp;C)</translation>
    </message>
    <message>
        <source>Choose every keyframe of this track</source>
        <translation>选择此轨道的每个关键帧</translation>
    </message>
    <message>
        <source>&amp;One Value for All Frames</source>
        <translation>所有帧使用同一个值(&amp;O)</translation>
    </message>
    <message>
        <source>Give this track the value of the current frame, without keyframes</source>
        <translation>让此轨道使用当前帧的值，不再有关键帧</translation>
    </message>
    <message>
        <source>Play the frames that are drawn, or stop</source>
        <translation>播放已绘制的帧，或停止</translation>
    </message>
    <message>
        <source>&amp;Render</source>
        <translation>渲染(&amp;R)</translation>
    </message>
    <message>
        <source>Draw the frames that are not there yet</source>
        <translation>绘制还没有的帧</translation>
    </message>
    <message>
        <source>Stop within a step; finished frames stay</source>
        <translation>在一步之内停止；已完成的帧会保留</translation>
    </message>
    <message>
        <source>To &amp;Timeline</source>
        <translation>放到时间轴(&amp;T)</translation>
    </message>
    <message>
        <source>Put all frames on the timeline of the picture, in one step</source>
        <translation>把所有帧放到图片的时间轴上，只占一步历史</translation>
    </message>
    <message>
        <source>As P&amp;icture</source>
        <translation>作为新图片(&amp;I)</translation>
    </message>
    <message>
        <source>Open the frames as a new picture of their size</source>
        <translation>以这些帧的大小打开为一张新图片</translation>
    </message>
    <message>
        <source>Search everything that this window can do, by name or by key</source>
        <translation>按名称或按键搜索此窗口的所有功能</translation>
    </message>
</context>
<context>
    <name>AmountDialog</name>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>像素</translation>
    </message>
</context>
<context>
    <name>AnimationExport</name>
    <message>
        <source>Sprite sheet for game engines</source>
        <translation>游戏引擎用精灵图</translation>
    </message>
    <message>
        <source>Export animation</source>
        <translation>导出动画</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>{name}: frame {step} of {total}</source>
        <translation>{name}：第 {step} 帧，共 {total} 帧</translation>
    </message>
    <message>
        <source>{name} is written.</source>
        <translation>已写出 {name}。</translation>
    </message>
</context>
<context>
    <name>AnimationTracks</name>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>反向提示词</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>What is drawn; each prompt is blended into the next one</source>
        <translation>画什么；每个提示词会混合到下一个</translation>
    </message>
    <message>
        <source>What is kept away; blended as the prompt is</source>
        <translation>不要画什么；与提示词一样混合</translation>
    </message>
    <message>
        <source>The noise turns from one seed to the next</source>
        <translation>噪声从一个种子转到下一个</translation>
    </message>
    <message>
        <source>How closely the picture follows the prompt</source>
        <translation>图片遵循提示词的程度</translation>
    </message>
    <message>
        <source>How far a frame is drawn over, in modes that draw over a picture</source>
        <translation>在重绘画面的模式中，每帧重绘的程度</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>跳变</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Cubic</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Ease</source>
        <translation>缓入缓出</translation>
    </message>
</context>
<context>
    <name>Backends</name>
    <message>
        <source>NVIDIA graphics card (CUDA 13)</source>
        <translation>NVIDIA 显卡（CUDA 13）</translation>
    </message>
    <message>
        <source>NVIDIA graphics card (CUDA 12.6)</source>
        <translation>NVIDIA 显卡（CUDA 12.6）</translation>
    </message>
    <message>
        <source>AMD graphics card (ROCm 7.2)</source>
        <translation>AMD 显卡（ROCm 7.2）</translation>
    </message>
    <message>
        <source>Apple GPU</source>
        <translation>Apple GPU</translation>
    </message>
    <message>
        <source>Processor only</source>
        <translation>仅处理器</translation>
    </message>
    <message>
        <source>No graphics card that can draw was found.</source>
        <translation>未找到可用于绘制的显卡。</translation>
    </message>
    <message>
        <source>It fits {card}.</source>
        <translation>适合 {card}。</translation>
    </message>
    <message>
        <source>It fits {card} with driver {driver}.</source>
        <translation>适合 {card}（驱动 {driver}）。</translation>
    </message>
    <message>
        <source>There is no build for {card} on this system, so the processor draws.</source>
        <translation>此系统没有适合 {card} 的版本，因此由处理器绘制。</translation>
    </message>
    <message>
        <source>The driver {driver} of {card} is too old: {least} or newer is needed. Until it is updated, pictures are drawn by the processor.</source>
        <translation>{card} 的驱动 {driver} 过旧：需要 {least} 或更新版本。更新之前由处理器绘制图片。</translation>
    </message>
    <message>
        <source>enlarging with networks</source>
        <translation>用网络放大</translation>
    </message>
    <message>
        <source>few-step weights</source>
        <translation>少步权重</translation>
    </message>
    <message>
        <source>films</source>
        <translation>影片</translation>
    </message>
    <message>
        <source>models and text encoders in GGUF files</source>
        <translation>GGUF 文件中的模型和文本编码器</translation>
    </message>
</context>
<context>
    <name>BlendMode</name>
    <message>
        <source>Normal</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Multiply</source>
        <translation>正片叠底</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>滤色</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>叠加</translation>
    </message>
    <message>
        <source>Darken</source>
        <translation>变暗</translation>
    </message>
    <message>
        <source>Lighten</source>
        <translation>变亮</translation>
    </message>
    <message>
        <source>Colour dodge</source>
        <translation>颜色减淡</translation>
    </message>
    <message>
        <source>Colour burn</source>
        <translation>颜色加深</translation>
    </message>
    <message>
        <source>Linear burn</source>
        <translation>线性加深</translation>
    </message>
    <message>
        <source>Hard light</source>
        <translation>强光</translation>
    </message>
    <message>
        <source>Soft light</source>
        <translation>柔光</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>Exclusion</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Addition</source>
        <translation>相加</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Luminosity</source>
        <translation>明度</translation>
    </message>
    <message>
        <source>Keep below where painted</source>
        <translation>绘制处保留下方</translation>
    </message>
    <message>
        <source>Erase below where painted</source>
        <translation>绘制处擦除下方</translation>
    </message>
    <message>
        <source>Put below on top</source>
        <translation>下方置于上方</translation>
    </message>
</context>
<context>
    <name>CanvasSizeDialog</name>
    <message>
        <source>Canvas size</source>
        <translation>画布大小</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Picture stays</source>
        <translation>图片位置</translation>
    </message>
    <message>
        <source>top left</source>
        <translation>左上</translation>
    </message>
    <message>
        <source>top</source>
        <translation>上</translation>
    </message>
    <message>
        <source>top right</source>
        <translation>右上</translation>
    </message>
    <message>
        <source>left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>centre</source>
        <translation>居中</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>bottom left</source>
        <translation>左下</translation>
    </message>
    <message>
        <source>bottom</source>
        <translation>下</translation>
    </message>
    <message>
        <source>bottom right</source>
        <translation>右下</translation>
    </message>
</context>
<context>
    <name>CanvasTools</name>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Paint on the layer. Shift+click draws a line, Alt picks a colour.</source>
        <translation>在图层上绘画。Shift+单击画直线，Alt 拾取颜色。</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮擦</translation>
    </message>
    <message>
        <source>Erase from the layer. Shift+click erases along a line.</source>
        <translation>从图层上擦除。Shift+单击沿直线擦除。</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
    <message>
        <source>How different a colour may be and still be filled</source>
        <translation>颜色相差多少仍会被填充</translation>
    </message>
    <message>
        <source>Connected only</source>
        <translation>仅相连区域</translation>
    </message>
    <message>
        <source>Fill only what touches the place that was clicked</source>
        <translation>只填充与单击处相连的部分</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>所有图层</translation>
    </message>
    <message>
        <source>Look for the area in the whole picture, not in this layer alone</source>
        <translation>在整幅图片而不只是此图层中查找区域</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>扩大</translation>
    </message>
    <message>
        <source>Fill beyond the edge of the area, under lines for instance; less than 0 stays away</source>
        <translation>填充到区域边缘之外，例如伸入线条之下；小于 0 则离边缘一段距离</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>羽化</translation>
    </message>
    <message>
        <source>How far the fill fades out at its edge</source>
        <translation>填充在边缘处淡出的距离</translation>
    </message>
    <message>
        <source>Smooth edge</source>
        <translation>平滑边缘</translation>
    </message>
    <message>
        <source>Fill the pixels along the edge in part, so that it shows no steps</source>
        <translation>部分填充边缘像素，使边缘不呈锯齿</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Fill an area of similar colour on the layer.</source>
        <translation>填充图层上颜色相近的区域。</translation>
    </message>
    <message>
        <source>Colour picker</source>
        <translation>颜色拾取器</translation>
    </message>
    <message>
        <source>Take a colour from the picture.</source>
        <translation>从图片中拾取颜色。</translation>
    </message>
    <message>
        <source>Move layer</source>
        <translation>移动图层</translation>
    </message>
    <message>
        <source>Drag the layer. Arrow keys move it by 1 pixel, with Shift by 10.</source>
        <translation>拖动图层。方向键移动 1 像素，按住 Shift 移动 10 像素。</translation>
    </message>
    <message>
        <source>Mask brush</source>
        <translation>蒙版画笔</translation>
    </message>
    <message>
        <source>Paint where to generate. Ctrl or the right button erases the mask.</source>
        <translation>涂抹要生成的区域。Ctrl 或右键擦除蒙版。</translation>
    </message>
    <message>
        <source>Mask eraser</source>
        <translation>蒙版橡皮擦</translation>
    </message>
    <message>
        <source>Erase the generation mask.</source>
        <translation>擦除生成蒙版。</translation>
    </message>
    <message>
        <source>Mask rectangle</source>
        <translation>矩形蒙版</translation>
    </message>
    <message>
        <source>Drag a rectangular mask. Shift adds to the mask, Alt takes away.</source>
        <translation>拖出矩形蒙版。Shift 添加到蒙版，Alt 从中减去。</translation>
    </message>
    <message>
        <source>Mask ellipse</source>
        <translation>椭圆蒙版</translation>
    </message>
    <message>
        <source>Drag an elliptical mask. Shift adds to the mask, Alt takes away.</source>
        <translation>拖出椭圆蒙版。Shift 添加到蒙版，Alt 从中减去。</translation>
    </message>
    <message>
        <source>Mask lasso</source>
        <translation>套索蒙版</translation>
    </message>
    <message>
        <source>Draw around an area. Shift adds to the mask, Alt takes away.</source>
        <translation>圈出一个区域。Shift 添加到蒙版，Alt 从中减去。</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>平移</translation>
    </message>
    <message>
        <source>Drag the view. Space or the middle button does so with any tool.</source>
        <translation>拖动视图。任何工具下按空格键或中键也可平移。</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Click to zoom in, Alt+click to zoom out, drag to zoom smoothly.</source>
        <translation>单击放大，Alt+单击缩小，拖动可平滑缩放。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Diameter of the brush ([ and ])</source>
        <translation>画笔直径（[ 和 ]）</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>硬度</translation>
    </message>
    <message>
        <source>100 % has a sharp edge</source>
        <translation>100 % 时边缘锐利</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>The most that one stroke covers</source>
        <translation>一笔最多覆盖的程度</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>How much each dab of the stroke adds</source>
        <translation>笔画中每一点增加的量</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>How much a shaky hand is evened out</source>
        <translation>手抖被抹平的程度</translation>
    </message>
    <message>
        <source>Pen pressure changes the size</source>
        <translation>笔压改变大小</translation>
    </message>
    <message>
        <source>Pen pressure changes the opacity</source>
        <translation>笔压改变不透明度</translation>
    </message>
    <message>
        <source>Paint on</source>
        <translation>绘画对象</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Its mask</source>
        <translation>其蒙版</translation>
    </message>
    <message>
        <source>Paint on the pixels of the layer</source>
        <translation>在图层的像素上绘画</translation>
    </message>
    <message>
        <source>Paint on the mask of the layer</source>
        <translation>在图层的蒙版上绘画</translation>
    </message>
    <message>
        <source>Inside the mask only</source>
        <translation>仅限蒙版内</translation>
    </message>
    <message>
        <source>Paint only where the generation mask is; otherwise, and without a mask, it does not limit painting</source>
        <translation>只在生成蒙版之内作画；不勾选或没有蒙版时，蒙版不限制作画</translation>
    </message>
    <message>
        <source>New shape</source>
        <translation>新形状</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Subtract</source>
        <translation>减去</translation>
    </message>
    <message>
        <source>Intersect</source>
        <translation>相交</translation>
    </message>
    <message>
        <source>Start a new mask</source>
        <translation>开始新的蒙版</translation>
    </message>
    <message>
        <source>Add to the mask (Shift)</source>
        <translation>添加到蒙版 (Shift)</translation>
    </message>
    <message>
        <source>Take away from the mask (Alt)</source>
        <translation>从蒙版中减去 (Alt)</translation>
    </message>
    <message>
        <source>Keep what both have</source>
        <translation>保留两者共有的部分</translation>
    </message>
    <message>
        <source>How far the shape fades out at its edge</source>
        <translation>形状边缘淡出的距离</translation>
    </message>
    <message>
        <source>Mask the pixels along the edge in part, so that it shows no steps</source>
        <translation>边缘的像素只盖上一部分蒙版，使边缘没有锯齿</translation>
    </message>
    <message>
        <source>Show the mask</source>
        <translation>显示蒙版</translation>
    </message>
    <message>
        <source>Colour of the mask on screen</source>
        <translation>屏幕上蒙版的颜色</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>Magenta</source>
        <translation>洋红</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>How much the colour of the mask covers on screen</source>
        <translation>屏幕上蒙版颜色的遮盖程度</translation>
    </message>
    <message>
        <source>Mask polygon</source>
        <translation>多边形蒙版</translation>
    </message>
    <message>
        <source>Click corners; a double click or Enter closes it. Shift adds to the mask, Alt takes away.</source>
        <translation>单击确定各个顶点，双击或按回车键闭合。Shift 添加到蒙版，Alt 从蒙版减去。</translation>
    </message>
</context>
<context>
    <name>CanvasView</name>
    <message>
        <source>Canvas</source>
        <translation>画布</translation>
    </message>
    <message>
        <source>The last fill is still being worked out. Wait a moment.</source>
        <translation>上一次填充仍在计算，请稍候。</translation>
    </message>
    <message>
        <source>The fill was dropped because its layer changed meanwhile.</source>
        <translation>填充已放弃，因为其图层在此期间被改动。</translation>
    </message>
    <message>
        <source>The fill did not work: {reason}</source>
        <translation>填充未成功：{reason}</translation>
    </message>
    <message>
        <source>The move was dropped because the layer changed under it.</source>
        <translation>移动已放弃，因为图层在此期间被改动。</translation>
    </message>
    <message>
        <source>The stroke was dropped because the picture changed under it.</source>
        <translation>笔画已放弃，因为图片在此期间被改动。</translation>
    </message>
    <message>
        <source>The mask of &quot;{name}&quot; hides what you painted. Paint on a new layer, or change the mask in the Layers panel.</source>
        <translation>“{name}”的图层蒙版遮住了您画的内容。请在新图层上绘画，或在“图层”面板中修改该蒙版。</translation>
    </message>
    <message>
        <source>This is outside the mask, and &quot;Inside the mask only&quot; is on above the canvas. Switch it off to paint here.</source>
        <translation>这里在蒙版之外，而画布上方的“仅限蒙版内”已打开。要在这里作画，请将其关闭。</translation>
    </message>
    <message>
        <source>This is on the new layer &quot;{layer}&quot;: the mask of &quot;{name}&quot; would hide it. To paint on the result, apply its mask first.</source>
        <translation>已画在新图层“{layer}”上：“{name}”的图层蒙版会遮住它。要画在结果上，请先应用它的蒙版。</translation>
    </message>
    <message>
        <source>This layer has no mask. Add a mask to it in the Layers panel.</source>
        <translation>此图层没有蒙版。请在图层面板中为它添加蒙版。</translation>
    </message>
    <message>
        <source>A layer in this group is locked. Unlock it in the Layers panel to move the group.</source>
        <translation>此组中有锁定的图层。请在图层面板中解锁后再移动该组。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; covers the whole canvas: there is nothing to move.</source>
        <translation>“{name}”铺满整个画布：没有可以移动的内容。</translation>
    </message>
    <message>
        <source>No layer is selected. Select a layer in the Layers panel, or add one.</source>
        <translation>没有选中图层。请在图层面板中选择或添加一个图层。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; is locked. Unlock it in the Layers panel to change it.</source>
        <translation>“{name}”已锁定。请在图层面板中解锁后再改动。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; is hidden. Show it in the Layers panel to change it.</source>
        <translation>“{name}”已隐藏。请在图层面板中显示后再改动。</translation>
    </message>
</context>
<context>
    <name>ChoiceBox</name>
    <message>
        <source>{name} (missing)</source>
        <translation>{name}（缺失）</translation>
    </message>
</context>
<context>
    <name>Clipboard</name>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>剪贴板上没有图片。</translation>
    </message>
    <message>
        <source>The picture on the clipboard is larger than {side} pixels.</source>
        <translation>剪贴板上的图片大于 {side} 像素。</translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation>粘贴的图层</translation>
    </message>
    <message>
        <source>There is nothing to copy: the layer is empty here.</source>
        <translation>没有可复制的内容：图层在此处是空的。</translation>
    </message>
</context>
<context>
    <name>ColorChoice</name>
    <message>
        <source>Other colour…</source>
        <translation>其他颜色…</translation>
    </message>
</context>
<context>
    <name>ColorPanel</name>
    <message>
        <source>Colour to paint with</source>
        <translation>绘画颜色</translation>
    </message>
    <message>
        <source>Other colour: click to swap</source>
        <translation>另一种颜色：单击交换</translation>
    </message>
    <message>
        <source>Colour as a number</source>
        <translation>以数字表示的颜色</translation>
    </message>
    <message>
        <source>Red, green and blue as six hexadecimal digits</source>
        <translation>红、绿、蓝的六位十六进制数</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近使用</translation>
    </message>
</context>
<context>
    <name>CommandSearch</name>
    <message>
        <source>No command is called so.</source>
        <translation>没有这样的命令。</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>您想做什么？</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>查找命令</translation>
    </message>
    <message>
        <source>Commands that were found</source>
        <translation>找到的命令</translation>
    </message>
</context>
<context>
    <name>Conditions</name>
    <message>
        <source>Only one picture is open.</source>
        <translation>只打开了一张图片。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可撤销的步骤。</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>没有可重做的步骤。</translation>
    </message>
    <message>
        <source>No layer is chosen.</source>
        <translation>没有选中图层。</translation>
    </message>
    <message>
        <source>The picture has no layers.</source>
        <translation>图片没有图层。</translation>
    </message>
    <message>
        <source>No layer with pixels is chosen.</source>
        <translation>没有选中含像素的图层。</translation>
    </message>
    <message>
        <source>No group is chosen.</source>
        <translation>没有选中图层组。</translation>
    </message>
    <message>
        <source>No fill layer is chosen.</source>
        <translation>没有选中填充图层。</translation>
    </message>
    <message>
        <source>There is no layer below.</source>
        <translation>下方没有图层。</translation>
    </message>
    <message>
        <source>The layer is at the top already.</source>
        <translation>此图层已在最上方。</translation>
    </message>
    <message>
        <source>The layer is at the bottom already.</source>
        <translation>此图层已在最下方。</translation>
    </message>
    <message>
        <source>The layer has no mask of its own.</source>
        <translation>此图层没有图层蒙版。</translation>
    </message>
    <message>
        <source>The layer has a mask of its own already.</source>
        <translation>此图层已有图层蒙版。</translation>
    </message>
    <message>
        <source>There is no mask yet: paint one with the mask brush.</source>
        <translation>还没有蒙版：请用蒙版画笔绘制。</translation>
    </message>
    <message>
        <source>There is no timeline yet.</source>
        <translation>还没有时间轴。</translation>
    </message>
    <message>
        <source>There is a timeline already.</source>
        <translation>已有时间轴。</translation>
    </message>
    <message>
        <source>The timeline has fewer than two frames.</source>
        <translation>时间轴不足两帧。</translation>
    </message>
    <message>
        <source>No frames were cut or copied.</source>
        <translation>没有剪切或复制过帧。</translation>
    </message>
    <message>
        <source>Nothing is being drawn.</source>
        <translation>当前没有正在生成的图片。</translation>
    </message>
    <message>
        <source>No job is over.</source>
        <translation>没有已结束的任务。</translation>
    </message>
    <message>
        <source>The current step was not generated.</source>
        <translation>当前步骤不是生成的。</translation>
    </message>
    <message>
        <source>Nothing is being drawn or waits.</source>
        <translation>没有正在生成或等待的图片。</translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation>没有打开的项目。</translation>
    </message>
    <message>
        <source>Everything is saved.</source>
        <translation>所有更改都已保存。</translation>
    </message>
    <message>
        <source>No keyframe is chosen.</source>
        <translation>没有选择关键帧。</translation>
    </message>
    <message>
        <source>The track has one value already.</source>
        <translation>该轨道已经只有一个值。</translation>
    </message>
    <message>
        <source>The plugins are still being loaded.</source>
        <translation>插件仍在加载。</translation>
    </message>
    <message>
        <source>No frame is drawn yet.</source>
        <translation>还没有绘制任何帧。</translation>
    </message>
    <message>
        <source>Not all frames are drawn yet.</source>
        <translation>还没有绘制完所有帧。</translation>
    </message>
    <message>
        <source>All frames are drawn already.</source>
        <translation>所有帧都已绘制。</translation>
    </message>
    <message>
        <source>The frames are being drawn already.</source>
        <translation>正在绘制这些帧。</translation>
    </message>
</context>
<context>
    <name>CornerPreview</name>
    <message>
        <source>What is being drawn. Click to see it on its place.</source>
        <translation>正在绘制的图片。点击可在原位显示。</translation>
    </message>
</context>
<context>
    <name>CurveView</name>
    <message>
        <source>Keyframes</source>
        <translation>关键帧</translation>
    </message>
    <message>
        <source>Frame {frame}: {value}</source>
        <translation>第 {frame} 帧：{value}</translation>
    </message>
    <message>
        <source>Double-click adds a keyframe ({keys} at the current frame); drag moves it</source>
        <translation>双击添加关键帧（在当前帧按 {keys}）；拖动可移动</translation>
    </message>
</context>
<context>
    <name>Docks</name>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
</context>
<context>
    <name>DocumentTabs</name>
    <message>
        <source>Open pictures</source>
        <translation>已打开的图片</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>A result has come</source>
        <translation>有新的结果</translation>
    </message>
    <message>
        <source>Close “{name}”</source>
        <translation>关闭“{name}”</translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Untitled {number}</source>
        <translation>未命名 {number}</translation>
    </message>
</context>
<context>
    <name>DrawingPage</name>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Automatic: the fastest</source>
        <translation>自动：最快的</translation>
    </message>
    <message>
        <source>float32: most exact, most memory</source>
        <translation>float32：最精确，占用内存最多</translation>
    </message>
    <message>
        <source>Automatic: as much as fits</source>
        <translation>自动：能放下多少放多少</translation>
    </message>
    <message>
        <source>Whole model</source>
        <translation>整个模型</translation>
    </message>
    <message>
        <source>Save memory</source>
        <translation>节省内存</translation>
    </message>
    <message>
        <source>Save most memory</source>
        <translation>最大限度节省内存</translation>
    </message>
    <message>
        <source>Generate on</source>
        <translation>生成设备</translation>
    </message>
    <message>
        <source>Fewer bits are faster and take less memory. The VAE keeps those that show no difference.</source>
        <translation>位数越少越快，占用内存也越少。VAE 会保留看不出差别的格式。</translation>
    </message>
    <message>
        <source>Number format</source>
        <translation>数字格式</translation>
    </message>
    <message>
        <source>What does not fit is given up in this order: text encoders that wait elsewhere, pictures decoded in tiles, 8 bits for what draws, and on graphics cards weights that come at each step.</source>
        <translation>放不下时依次这样节省：文本编码器放到别处等待，图片分块解码，绘图网络用 8 位保存，最后在显卡上让权重在每一步时再传入。</translation>
    </message>
    <message>
        <source>Memory use</source>
        <translation>内存占用</translation>
    </message>
</context>
<context>
    <name>Duration</name>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>{text}, {left}</source>
        <translation>{text}，{left}</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>Keyframe Animation</source>
        <translation>关键帧动画</translation>
    </message>
    <message>
        <source>Prompts, seeds and numbers change over the frames by keyframes and formulas. The same project file is drawn here and by “shoreline animate”.</source>
        <translation>提示词、种子和各种数值通过关键帧和公式逐帧变化。同一个项目文件既可在这里绘制，也可用“shoreline animate”绘制。</translation>
    </message>
    <message>
        <source>New from the Example</source>
        <translation>从示例新建</translation>
    </message>
    <message>
        <source>New from the Generate Panel</source>
        <translation>按“生成”面板新建</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
</context>
<context>
    <name>EmptyPlaceMenu</name>
    <message>
        <source>Add Keyframe at Frame {frame}</source>
        <translation>在第 {frame} 帧添加关键帧</translation>
    </message>
    <message>
        <source>One Value for All Frames</source>
        <translation>所有帧用同一个值</translation>
    </message>
</context>
<context>
    <name>EngineIndicator</name>
    <message>
        <source>Open the page about the engine</source>
        <translation>打开引擎页面</translation>
    </message>
    <message>
        <source>Stop installing; what has arrived is kept</source>
        <translation>停止安装；已下载的内容会保留</translation>
    </message>
    <message>
        <source>Stop Installing</source>
        <translation>停止安装</translation>
    </message>
    <message>
        <source>No engine</source>
        <translation>无引擎</translation>
    </message>
    <message>
        <source>The engine cannot be used</source>
        <translation>引擎无法使用</translation>
    </message>
</context>
<context>
    <name>EngineNotices</name>
    <message>
        <source>Engine…</source>
        <translation>引擎…</translation>
    </message>
    <message>
        <source>The new engine is installed. It draws from the next start on.</source>
        <translation>新引擎已安装，下次启动后用它绘制。</translation>
    </message>
    <message>
        <source>The engine is installed: Generate draws now.</source>
        <translation>引擎已安装：现在可以生成图片了。</translation>
    </message>
</context>
<context>
    <name>EnginePage</name>
    <message>
        <source>Installed</source>
        <translation>已安装</translation>
    </message>
    <message>
        <source>PyTorch</source>
        <translation>PyTorch</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Draw with the chosen engine from the next start on</source>
        <translation>从下次启动起使用所选引擎</translation>
    </message>
    <message>
        <source>Go Back</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>Use the engine before this one again</source>
        <translation>重新使用上一个引擎</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Fetch the engine in use anew and put it in the place of what is there</source>
        <translation>重新下载正在使用的引擎并替换现有的</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Delete the chosen engine</source>
        <translation>删除所选引擎</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stop Installing</source>
        <translation>停止安装</translation>
    </message>
    <message>
        <source>Press Repair to fetch it anew, or install another.</source>
        <translation>请点“修复”重新获取，或安装另一个引擎。</translation>
    </message>
    <message>
        <source>The engine that is installed cannot be used.</source>
        <translation>已安装的引擎无法使用。</translation>
    </message>
    <message>
        <source>The engine draws the pictures: PyTorch and what belongs to it. It is not installed yet: press Install to fetch it. Everything else works without it.</source>
        <translation>引擎负责绘制图片，由 PyTorch 及相关组件组成，目前尚未安装：请点“安装”获取。没有它，其他功能都能使用。</translation>
    </message>
    <message>
        <source>It goes on when you close this window; the status bar shows it.</source>
        <translation>关闭此窗口后安装会继续，状态栏会显示进度。</translation>
    </message>
    <message>
        <source>Draw with</source>
        <translation>绘制方式</translation>
    </message>
    <message>
        <source>Fetch from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>PyTorch is part of this Python environment, so no engine is needed.</source>
        <translation>此 Python 环境已包含 PyTorch，无需引擎。</translation>
    </message>
    <message>
        <source>The engine {name} is used from the next start on.</source>
        <translation>引擎 {name} 将在下次启动后使用。</translation>
    </message>
    <message>
        <source>Pictures are drawn with: {name}.</source>
        <translation>绘制图片使用：{name}。</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between things that cannot be done</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Not with it: {uses}.</source>
        <translation>它不能用于：{uses}。</translation>
    </message>
    <message>
        <source>{name} (recommended)</source>
        <translation>{name}（推荐）</translation>
    </message>
    <message>
        <source>About {download} to fetch, {unpacked} on the disk.</source>
        <translation>约需下载 {download}，占用磁盘 {unpacked}。</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>Stopped. It goes on from there when you start it again.</source>
        <translation>已停止。再次开始时会从停下处继续。</translation>
    </message>
</context>
<context>
    <name>EngineSourceFields</name>
    <message>
        <source>The internet</source>
        <translation>互联网</translation>
    </message>
    <message>
        <source>A mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>A folder of wheels (no network)</source>
        <translation>本地 wheel 文件夹（无需网络）</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Address of the mirror</source>
        <translation>镜像地址</translation>
    </message>
    <message>
        <source>Folder of wheels</source>
        <translation>wheel 文件夹</translation>
    </message>
    <message>
        <source>https://… of a package index</source>
        <translation>软件包索引的 https://… 地址</translation>
    </message>
    <message>
        <source>Folder with .whl files</source>
        <translation>含 .whl 文件的文件夹</translation>
    </message>
</context>
<context>
    <name>EngineState</name>
    <message>
        <source>{work}. Generate draws as soon as it is there.</source>
        <translation>{work}。安装完成后即可点“生成”。</translation>
    </message>
    <message>
        <source>Show the Installation</source>
        <translation>查看安装进度</translation>
    </message>
    <message>
        <source>The engine that is installed cannot be used.</source>
        <translation>已安装的引擎无法使用。</translation>
    </message>
    <message>
        <source>Repair the engine…</source>
        <translation>修复引擎…</translation>
    </message>
    <message>
        <source>What draws the pictures is not installed yet.</source>
        <translation>绘制图片的引擎尚未安装。</translation>
    </message>
    <message>
        <source>Install the engine…</source>
        <translation>安装引擎…</translation>
    </message>
    <message>
        <source>Removing an engine</source>
        <translation>正在移除引擎</translation>
    </message>
    <message>
        <source>Changing the engine</source>
        <translation>正在更换引擎</translation>
    </message>
    <message>
        <source>Stopping the installation</source>
        <translation>正在停止安装</translation>
    </message>
    <message>
        <source>Installing the engine: {stage}</source>
        <translation>正在安装引擎：{stage}</translation>
    </message>
    <message>
        <source>removing what an earlier try left</source>
        <translation>正在清理上次留下的内容</translation>
    </message>
    <message>
        <source>fetching it</source>
        <translation>正在获取</translation>
    </message>
    <message>
        <source>making it start quickly</source>
        <translation>正在优化启动速度</translation>
    </message>
    <message>
        <source>drawing a first picture with it</source>
        <translation>正在试画第一张图片</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>{text}, {percent}</source>
        <translation>{text}，{percent}</translation>
    </message>
    <message>
        <source>{done} of about {total}</source>
        <translation>{done}，共约 {total}</translation>
    </message>
</context>
<context>
    <name>FaultReports</name>
    <message>
        <source>Something went wrong</source>
        <translation>出了点问题</translation>
    </message>
    <message>
        <source>Shoreline made a mistake. Your picture is still here; save it to be safe.</source>
        <translation>Shoreline 出错了。您的图片仍在；为安全起见请保存。</translation>
    </message>
    <message>
        <source>What happened is written down in {path}.</source>
        <translation>详情已记录在 {path}。</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Copy the Report</source>
        <translation>复制报告</translation>
    </message>
</context>
<context>
    <name>FileFilters</name>
    <message>
        <source>All pictures</source>
        <translation>所有图片</translation>
    </message>
    <message>
        <source>OpenRaster</source>
        <translation>OpenRaster</translation>
    </message>
    <message>
        <source>Photoshop</source>
        <translation>Photoshop</translation>
    </message>
</context>
<context>
    <name>FillLayer</name>
    <message>
        <source>Colour of “{name}”</source>
        <translation>“{name}”的颜色</translation>
    </message>
</context>
<context>
    <name>FilterDialog</name>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Works inside the mask.</source>
        <translation>作用于蒙版之内。</translation>
    </message>
    <message>
        <source>Works on the whole layer.</source>
        <translation>作用于整个图层。</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Show the result on the picture; nothing is changed until you apply it</source>
        <translation>在图片上显示结果；应用之前不会改动任何内容</translation>
    </message>
    <message>
        <source>Before and after</source>
        <translation>前后对比</translation>
    </message>
    <message>
        <source>The left half stays as it is, the right half shows the result</source>
        <translation>左半边保持原样，右半边显示结果</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>FilterMenu</name>
    <message>
        <source>No plugin that is enabled has a filter</source>
        <translation>已启用的插件中没有滤镜</translation>
    </message>
</context>
<context>
    <name>FolderField</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Open Folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Use the Usual One</source>
        <translation>恢复默认</translation>
    </message>
</context>
<context>
    <name>FoldersPage</name>
    <message>
        <source>Add Folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Choose any folder with models, or the folder of ComfyUI, AUTOMATIC1111 or InvokeAI as it is: of those only the folders for models are searched. Nothing is copied or changed.</source>
        <translation>可以选择任何存放模型的文件夹，也可以直接选择 ComfyUI、AUTOMATIC1111 或 InvokeAI 的文件夹：其中只搜索存放模型的子文件夹。不会复制或改动任何文件。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Your models folder</source>
        <translation>您的模型文件夹</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Search this folder no more; nothing in it is deleted</source>
        <translation>不再搜索此文件夹；其中的文件不会被删除</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>已添加</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>{program} was found</source>
        <translation>找到了 {program}</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>找到 {count} 个</translation>
    </message>
</context>
<context>
    <name>FormDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>FrameModel</name>
    <message>
        <source>Frame {number}: {name}</source>
        <translation>第 {number} 帧：{name}</translation>
    </message>
    <message>
        <source>held for {ticks} ticks</source>
        <translation>停留 {ticks} 格</translation>
    </message>
</context>
<context>
    <name>FramePreview</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
</context>
<context>
    <name>FrameRuler</name>
    <message>
        <source>Click or drag to go to a frame; Ctrl+wheel zooms</source>
        <translation>单击或拖动可转到某一帧；Ctrl+滚轮缩放</translation>
    </message>
</context>
<context>
    <name>FrameStrip</name>
    <message>
        <source>Frames</source>
        <translation>帧</translation>
    </message>
</context>
<context>
    <name>GenerateBar</name>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Queue another picture with these settings</source>
        <translation>按这些设置再排入一幅图片</translation>
    </message>
    <message>
        <source>{keys} generates</source>
        <translation>按 {keys} 生成</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>加入队列</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} 个等待中</translation>
    </message>
    <message>
        <source>Failed: {message}</source>
        <translation>失败：{message}</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>GenerateCheck</name>
    <message>
        <source>The tool {name} is not there. Choose another one, or enable its plugin.</source>
        <translation>没有工具 {name}。请选择其他工具，或启用它的插件。</translation>
    </message>
    <message>
        <source>The scheduler {name} is not there. Choose another one.</source>
        <translation>没有采样器 {name}。请选择其他采样器。</translation>
    </message>
    <message>
        <source>Width and height must be multiples of 8.</source>
        <translation>宽度和高度必须是 8 的倍数。</translation>
    </message>
</context>
<context>
    <name>GeneratePanel</name>
    <message>
        <source>The prompt is empty: the mask would be filled from what is around it.</source>
        <translation>提示词为空：蒙版会根据周围的内容填充。</translation>
    </message>
    <message>
        <source>The prompt is empty: the model would draw what it likes. Type what you want to see.</source>
        <translation>提示词为空：模型会随意绘制。请输入您想看到的内容。</translation>
    </message>
    <message>
        <source>Generate without a prompt</source>
        <translation>不用提示词生成</translation>
    </message>
    <message>
        <source>The model {name} is not there. Choose another one.</source>
        <translation>没有模型 {name}。请选择其他模型。</translation>
    </message>
    <message>
        <source>Paint a mask first ({keys}): it says where the picture may change.</source>
        <translation>请先绘制蒙版（{keys}）：它指明图片可以改变的区域。</translation>
    </message>
</context>
<context>
    <name>GetPage</name>
    <message>
        <source>owner/name on the hub, or an address: there, on Civitai, of a file</source>
        <translation>Hugging Face 上的 owner/name，或者网址：那里的、Civitai 的、文件的</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Token…</source>
        <translation>令牌…</translation>
    </message>
    <message>
        <source>Your API token of Civitai, for files that are not given to everyone</source>
        <translation>你的 Civitai API 令牌，用于不对所有人开放的文件</translation>
    </message>
    <message>
        <source>Only weights that cannot run code are offered.</source>
        <translation>只提供不会运行代码的权重。</translation>
    </message>
    <message>
        <source>Well-known models</source>
        <translation>常用模型</translation>
    </message>
    <message>
        <source>Files to download</source>
        <translation>要下载的文件</translation>
    </message>
    <message>
        <source>commercial use allowed within its rules</source>
        <translation>在其规则内允许商用</translation>
    </message>
    <message>
        <source>no commercial use</source>
        <translation>不可商用</translation>
    </message>
    <message>
        <source>read it before commercial use</source>
        <translation>商用前请先阅读</translation>
    </message>
    <message>
        <source>{kind} for {family}, about {size} GB.</source>
        <translation>{kind}，适用于 {family}，约 {size} GB。</translation>
    </message>
    <message>
        <source>Pictures of about {side} pixels.</source>
        <translation>图像约 {side} 像素。</translation>
    </message>
    <message>
        <source>Licence: {licence}; {terms}.</source>
        <translation>许可证：{licence}；{terms}。</translation>
    </message>
    <message>
        <source>Left out, since they can run code: {count}.</source>
        <translation>可能运行代码而略去的文件：{count} 个。</translation>
    </message>
    <message>
        <source>Choose what to download.</source>
        <translation>请选择要下载的内容。</translation>
    </message>
    <message>
        <source>The whole model folder</source>
        <translation>整个模型文件夹</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Asking what is there…</source>
        <translation>正在查询那里有什么…</translation>
    </message>
    <message>
        <source>Downloaded to {folder}.</source>
        <translation>已下载到 {folder}。</translation>
    </message>
    <message>
        <source>Stopped. It goes on from there when you start it again.</source>
        <translation>已停止。再次开始时会从停下的地方继续。</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
</context>
<context>
    <name>HelpViewer</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Commands and keys</source>
        <translation>命令与按键</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>Every command has its place in a menu or in the tool bar. {keys} finds it by name. The preferences give other keys to any of them.</source>
        <translation>每个命令都在菜单或工具栏中。按 {keys} 可按名称查找命令。在首选项中可以为任何命令指定其他按键。</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Move layer</source>
        <translation>移动图层</translation>
    </message>
    <message>
        <source>Mask rectangle</source>
        <translation>矩形蒙版</translation>
    </message>
    <message>
        <source>Mask ellipse</source>
        <translation>椭圆蒙版</translation>
    </message>
    <message>
        <source>Mask lasso</source>
        <translation>套索蒙版</translation>
    </message>
    <message>
        <source>Brush stroke</source>
        <translation>画笔笔画</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>擦除</translation>
    </message>
    <message>
        <source>Paint mask</source>
        <translation>绘制蒙版</translation>
    </message>
    <message>
        <source>Erase mask</source>
        <translation>擦除蒙版</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Resize image</source>
        <translation>调整图片大小</translation>
    </message>
    <message>
        <source>Canvas size</source>
        <translation>画布大小</translation>
    </message>
    <message>
        <source>Add keyframe</source>
        <translation>添加关键帧</translation>
    </message>
    <message>
        <source>Colour of a fill layer</source>
        <translation>填充图层的颜色</translation>
    </message>
    <message>
        <source>Crop to mask</source>
        <translation>裁剪到蒙版</translation>
    </message>
    <message>
        <source>Delete keyframes</source>
        <translation>删除关键帧</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>滤镜</translation>
    </message>
    <message>
        <source>Flip horizontally</source>
        <translation>水平翻转</translation>
    </message>
    <message>
        <source>Flip vertically</source>
        <translation>垂直翻转</translation>
    </message>
    <message>
        <source>Interpolation</source>
        <translation>插值</translation>
    </message>
    <message>
        <source>Layers of another picture</source>
        <translation>来自另一张图片的图层</translation>
    </message>
    <message>
        <source>Mask polygon</source>
        <translation>多边形蒙版</translation>
    </message>
    <message>
        <source>Move keyframes</source>
        <translation>移动关键帧</translation>
    </message>
    <message>
        <source>New fill layer</source>
        <translation>新建填充图层</translation>
    </message>
    <message>
        <source>One value</source>
        <translation>统一数值</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Panel of a plugin</source>
        <translation>插件面板</translation>
    </message>
    <message>
        <source>Rasterise layer</source>
        <translation>栅格化图层</translation>
    </message>
    <message>
        <source>Rotate 90° right</source>
        <translation>向右旋转 90°</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Rotate 90° left</source>
        <translation>向左旋转 90°</translation>
    </message>
    <message>
        <source>Rotate 180°</source>
        <translation>旋转 180°</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open as layer</source>
        <translation>作为图层打开</translation>
    </message>
    <message>
        <source>New picture</source>
        <translation>新图片</translation>
    </message>
    <message>
        <source>New layer</source>
        <translation>新建图层</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>新建组</translation>
    </message>
    <message>
        <source>New layer from visible</source>
        <translation>由可见内容新建图层</translation>
    </message>
    <message>
        <source>Delete layer</source>
        <translation>删除图层</translation>
    </message>
    <message>
        <source>Duplicate layer</source>
        <translation>复制图层</translation>
    </message>
    <message>
        <source>Group layers</source>
        <translation>图层编组</translation>
    </message>
    <message>
        <source>Ungroup</source>
        <translation>取消编组</translation>
    </message>
    <message>
        <source>Merge down</source>
        <translation>向下合并</translation>
    </message>
    <message>
        <source>Flatten picture</source>
        <translation>拼合图片</translation>
    </message>
    <message>
        <source>Move in the stack</source>
        <translation>调整图层顺序</translation>
    </message>
    <message>
        <source>Rename layer</source>
        <translation>重命名图层</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Show layer</source>
        <translation>显示图层</translation>
    </message>
    <message>
        <source>Hide layer</source>
        <translation>隐藏图层</translation>
    </message>
    <message>
        <source>Show one layer alone</source>
        <translation>单独显示一个图层</translation>
    </message>
    <message>
        <source>Lock layer</source>
        <translation>锁定图层</translation>
    </message>
    <message>
        <source>Unlock layer</source>
        <translation>解锁图层</translation>
    </message>
    <message>
        <source>Layer opacity</source>
        <translation>图层不透明度</translation>
    </message>
    <message>
        <source>Blend mode</source>
        <translation>混合模式</translation>
    </message>
    <message>
        <source>Add layer mask</source>
        <translation>添加图层蒙版</translation>
    </message>
    <message>
        <source>Apply layer mask</source>
        <translation>应用图层蒙版</translation>
    </message>
    <message>
        <source>Delete layer mask</source>
        <translation>删除图层蒙版</translation>
    </message>
    <message>
        <source>Invert layer mask</source>
        <translation>反转图层蒙版</translation>
    </message>
    <message>
        <source>Switch layer mask on</source>
        <translation>打开图层蒙版</translation>
    </message>
    <message>
        <source>Switch layer mask off</source>
        <translation>关闭图层蒙版</translation>
    </message>
    <message>
        <source>Mask everything</source>
        <translation>全部蒙版</translation>
    </message>
    <message>
        <source>Clear mask</source>
        <translation>清除蒙版</translation>
    </message>
    <message>
        <source>Invert mask</source>
        <translation>反转蒙版</translation>
    </message>
    <message>
        <source>Grow mask</source>
        <translation>扩大蒙版</translation>
    </message>
    <message>
        <source>Shrink mask</source>
        <translation>缩小蒙版</translation>
    </message>
    <message>
        <source>Feather mask</source>
        <translation>羽化蒙版</translation>
    </message>
    <message>
        <source>Mask from layer</source>
        <translation>由图层生成蒙版</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Make timeline</source>
        <translation>建立时间轴</translation>
    </message>
    <message>
        <source>Remove timeline</source>
        <translation>移除时间轴</translation>
    </message>
    <message>
        <source>New frame</source>
        <translation>新建帧</translation>
    </message>
    <message>
        <source>Duplicate frames</source>
        <translation>复制为新帧</translation>
    </message>
    <message>
        <source>Delete frames</source>
        <translation>删除帧</translation>
    </message>
    <message>
        <source>Cut frames</source>
        <translation>剪切帧</translation>
    </message>
    <message>
        <source>Paste frames</source>
        <translation>粘贴帧</translation>
    </message>
    <message>
        <source>Move frames</source>
        <translation>移动帧</translation>
    </message>
    <message>
        <source>Reverse frames</source>
        <translation>反转帧</translation>
    </message>
    <message>
        <source>Hold frames</source>
        <translation>帧停留</translation>
    </message>
    <message>
        <source>Frame rate</source>
        <translation>帧速率</translation>
    </message>
    <message>
        <source>Loop mode</source>
        <translation>循环方式</translation>
    </message>
    <message>
        <source>Upscale picture</source>
        <translation>放大图片</translation>
    </message>
    <message>
        <source>Upscale layer</source>
        <translation>放大图层</translation>
    </message>
    <message>
        <source>Upscale masked part</source>
        <translation>放大蒙版部分</translation>
    </message>
    <message>
        <source>Animation frames</source>
        <translation>动画帧</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>{used} of {budget}</source>
        <translation>{used} / {budget}</translation>
    </message>
    <message>
        <source>Go to this step</source>
        <translation>转到此步</translation>
    </message>
    <message>
        <source>Use settings</source>
        <translation>使用设置</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Memory that the history uses; the oldest steps are forgotten beyond that</source>
        <translation>历史占用的内存；超出后会忘记最早的步骤</translation>
    </message>
</context>
<context>
    <name>HueStrip</name>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
</context>
<context>
    <name>ImageMenu</name>
    <message>
        <source>The picture was changed meanwhile, so it was left as it is. Try again.</source>
        <translation>图片在此期间被改动，因此未作更改。请重试。</translation>
    </message>
</context>
<context>
    <name>InstalledPage</name>
    <message>
        <source>Search by name, kind, family or folder</source>
        <translation>按名称、种类、系列或文件夹搜索</translation>
    </message>
    <message>
        <source>Get Models</source>
        <translation>获取模型</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Copied: {text}</source>
        <translation>已复制：{text}</translation>
    </message>
    <message>
        <source>Nothing here fits “{query}”.</source>
        <translation>没有与“{query}”相符的内容。</translation>
    </message>
    <message>
        <source>There is no LoRA yet. Put .safetensors files into the models folder, or add a folder.</source>
        <translation>还没有 LoRA。请把 .safetensors 文件放进模型文件夹，或添加一个文件夹。</translation>
    </message>
    <message>
        <source>Everything here can be used.</source>
        <translation>这里的一切都可以使用。</translation>
    </message>
    <message>
        <source>There is no model yet. Get one, or add the folder of another program.</source>
        <translation>还没有模型。请获取一个，或添加其他程序的文件夹。</translation>
    </message>
    <message>
        <source>Pictures are drawn with {name} now.</source>
        <translation>现在用 {name} 绘制图像。</translation>
    </message>
    <message>
        <source>Delete {name}?</source>
        <translation>删除 {name}？</translation>
    </message>
    <message>
        <source>Delete a model</source>
        <translation>删除模型</translation>
    </message>
    <message>
        <source>{path} goes into the trash, with its picture and notes.</source>
        <translation>{path} 将连同其图片和说明移入回收站。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>JobCard</name>
    <message>
        <source>{width} × {height} · {steps} steps · seed {seed}</source>
        <translation>{width} × {height} · {steps} 步 · 种子 {seed}</translation>
    </message>
    <message>
        <source>Use settings</source>
        <translation>使用设置</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Place as layer</source>
        <translation>放为图层</translation>
    </message>
    <message>
        <source>Show over the canvas</source>
        <translation>在画布上显示</translation>
    </message>
    <message>
        <source>Vary seed</source>
        <translation>换个种子</translation>
    </message>
    <message>
        <source>Copy seed</source>
        <translation>复制种子</translation>
    </message>
    <message>
        <source>Remove from this list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Show picture {number} over the canvas (seed {seed}); a double click makes it a layer</source>
        <translation>在画布上显示第 {number} 张图片（种子 {seed}）；双击将其变为图层</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>KnownModels</name>
    <message>
        <source>The plain model that most LoRAs were made for.</source>
        <translation>大多数 LoRA 所依据的基础模型。</translation>
    </message>
    <message>
        <source>Paintings, portraits and fantasy; light enough for 4 GB of graphics memory.</source>
        <translation>绘画、肖像与奇幻；4 GB 显存即可。</translation>
    </message>
    <message>
        <source>Only for masks: sees what lies around them.</source>
        <translation>仅用于蒙版：能看到蒙版周围的内容。</translation>
    </message>
    <message>
        <source>Only for masks, in the manner of DreamShaper.</source>
        <translation>仅用于蒙版，DreamShaper 风格。</translation>
    </message>
    <message>
        <source>Larger pictures and better hands; wants 8 GB of graphics memory.</source>
        <translation>更大的图片、更好的手部；需要 8 GB 显存。</translation>
    </message>
    <message>
        <source>Pictures that look like photographs; wants 8 GB of graphics memory.</source>
        <translation>照片般的图片；需要 8 GB 显存。</translation>
    </message>
    <message>
        <source>Photographs and film scenes; wants 8 GB of graphics memory.</source>
        <translation>照片与电影场景；需要 8 GB 显存。</translation>
    </message>
    <message>
        <source>Only for masks, at larger sizes; wants 8 GB of graphics memory.</source>
        <translation>仅用于蒙版，尺寸更大；需要 8 GB 显存。</translation>
    </message>
    <message>
        <source>Anime figures in soft light.</source>
        <translation>光线柔和的动漫人物。</translation>
    </message>
    <message>
        <source>Anime at larger sizes; wants 8 GB of graphics memory.</source>
        <translation>更大尺寸的动漫图像；需要 8 GB 显存。</translation>
    </message>
    <message>
        <source>Anime by tags; many other models were made of it.</source>
        <translation>用标签绘制动漫；许多模型由它衍生而来。</translation>
    </message>
    <message>
        <source>Anime by tags, with deeper darks and brighter lights.</source>
        <translation>用标签绘制动漫，暗部更深，亮部更亮。</translation>
    </message>
    <message>
        <source>For models that come without a VAE: smoother faces and eyes.</source>
        <translation>用于不带 VAE 的模型：面部和眼睛更平滑。</translation>
    </message>
    <message>
        <source>For XL models that come without a VAE.</source>
        <translation>用于不带 VAE 的 XL 模型。</translation>
    </message>
    <message>
        <source>For models that come without a text encoder.</source>
        <translation>用于不带文本编码器的模型。</translation>
    </message>
    <message>
        <source>A motion adapter: makes frames that belong together.</source>
        <translation>运动适配器：生成前后连贯的帧。</translation>
    </message>
    <message>
        <source>Follows thin edges.</source>
        <translation>跟随细的边缘。</translation>
    </message>
    <message>
        <source>Colours in a clean drawing.</source>
        <translation>为干净的线稿上色。</translation>
    </message>
    <message>
        <source>Works a rough sketch up into a picture.</source>
        <translation>把粗略的草图画成图片。</translation>
    </message>
    <message>
        <source>Follows broad contours and leaves details free.</source>
        <translation>跟随大的轮廓，细节自由发挥。</translation>
    </message>
    <message>
        <source>Keeps what is near and what is far.</source>
        <translation>保持远近关系。</translation>
    </message>
    <message>
        <source>Places figures as a stick figure stands.</source>
        <translation>人物按火柴人的姿势摆放。</translation>
    </message>
    <message>
        <source>Draws details anew and keeps colours and shapes.</source>
        <translation>重画细节，保持颜色和形状。</translation>
    </message>
    <message>
        <source>Edges, lines, sketches, depth, poses and tiles in one network.</source>
        <translation>一个网络读取边缘、线稿、草图、深度、姿势和分块。</translation>
    </message>
</context>
<context>
    <name>LayerModel</name>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
</context>
<context>
    <name>LayerTree</name>
    <message>
        <source>No layers. Add one below, or generate a picture.</source>
        <translation>没有图层。请在下方添加，或生成图片。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
</context>
<context>
    <name>Layers</name>
    <message>
        <source>Layer {number}</source>
        <translation>图层 {number}</translation>
    </message>
    <message>
        <source>Visible</source>
        <translation>可见内容</translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation>{name} 副本</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Group {number}</source>
        <translation>组 {number}</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Frame {number}</source>
        <translation>第 {number} 帧</translation>
    </message>
    <message>
        <source>Fill {number}</source>
        <translation>填充 {number}</translation>
    </message>
</context>
<context>
    <name>LayersPanel</name>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Blend mode</source>
        <translation>混合模式</translation>
    </message>
    <message>
        <source>How the layer mixes with what lies below it</source>
        <translation>此图层与下方内容的混合方式</translation>
    </message>
    <message>
        <source>Opacity of the layer; a double click sets 100 %</source>
        <translation>图层的不透明度；双击设为 100 %</translation>
    </message>
    <message>
        <source>New group, or group the selected layers</source>
        <translation>新建组，或把选中的图层编组</translation>
    </message>
    <message>
        <source>Layer mask</source>
        <translation>图层蒙版</translation>
    </message>
    <message>
        <source>Mask alone</source>
        <translation>单独显示蒙版</translation>
    </message>
    <message>
        <source>Mask off</source>
        <translation>蒙版已关闭</translation>
    </message>
</context>
<context>
    <name>LoraChoice</name>
    <message>
        <source>It is for {family}, but the chosen model is {other}.</source>
        <translation>它用于 {family}，而所选模型是 {other}。</translation>
    </message>
</context>
<context>
    <name>LoraPicker</name>
    <message>
        <source>Add LoRA</source>
        <translation>添加 LoRA</translation>
    </message>
    <message>
        <source>Add its trigger words to the prompt</source>
        <translation>把它的触发词加入提示词</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Trigger words: {words}</source>
        <translation>触发词：{words}</translation>
    </message>
    <message>
        <source>Advised weight: {weight}</source>
        <translation>建议权重：{weight}</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>没有图片</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>LoRAs</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>No LoRA is called so.</source>
        <translation>没有这个名称的 LoRA。</translation>
    </message>
    <message>
        <source>There are no LoRAs yet. Put .safetensors files into a models folder; Models shows where it is.</source>
        <translation>还没有 LoRA。请把 .safetensors 文件放入模型文件夹；“模型”对话框会显示它的位置。</translation>
    </message>
</context>
<context>
    <name>LoraRow</name>
    <message>
        <source>Weight of {name}</source>
        <translation>{name} 的权重</translation>
    </message>
    <message>
        <source>It names no trigger words</source>
        <translation>它没有给出触发词</translation>
    </message>
    <message>
        <source>Draw with it or without it</source>
        <translation>使用或不使用它</translation>
    </message>
    <message>
        <source>How strongly it changes the picture: 1 as it was made, below 0 the opposite</source>
        <translation>它改变图片的强度：1 为原本的强度，小于 0 则相反</translation>
    </message>
    <message>
        <source>Trigger words</source>
        <translation>触发词</translation>
    </message>
    <message>
        <source>Trigger words: puts them into the prompt</source>
        <translation>触发词：放入提示词</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>从列表中移除</translation>
    </message>
</context>
<context>
    <name>LoraSection</name>
    <message>
        <source>LoRAs</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Add LoRA…</source>
        <translation>添加 LoRA…</translation>
    </message>
    <message>
        <source>It is not in the models folders.</source>
        <translation>它不在模型文件夹中。</translation>
    </message>
    <message>
        <source>The LoRA {name} cannot be used: {problem}</source>
        <translation>LoRA {name} 无法使用：{problem}</translation>
    </message>
    <message>
        <source>LoRAs teach the model a style, a person or a thing</source>
        <translation>LoRA 能教会模型一种风格、一个人物或一样东西</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Type a prompt and press {keys}, or paint</source>
        <translation>输入提示词并按 {keys}，或直接绘画</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>Working with files…</source>
        <translation>正在处理文件…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>MaskBar</name>
    <message>
        <source>More for the mask</source>
        <translation>更多蒙版操作</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Pixels to grow, shrink or feather by</source>
        <translation>扩大、缩小或羽化的像素数</translation>
    </message>
</context>
<context>
    <name>MaskMenu</name>
    <message>
        <source>Grow the mask</source>
        <translation>扩大蒙版</translation>
    </message>
    <message>
        <source>Shrink the mask</source>
        <translation>缩小蒙版</translation>
    </message>
    <message>
        <source>Feather the mask</source>
        <translation>羽化蒙版</translation>
    </message>
</context>
<context>
    <name>MemoryPlan</name>
    <message>
        <source>The whole model stays in memory.</source>
        <translation>整个模型都留在内存中。</translation>
    </message>
    <message>
        <source>The text encoder moves to the processor&apos;s memory after encoding.</source>
        <translation>编码之后，文本编码器移到处理器的内存中。</translation>
    </message>
    <message>
        <source>The text encoder is given back after encoding, and read again for other words.</source>
        <translation>编码之后释放文本编码器，换了提示词时再重新读取。</translation>
    </message>
    <message>
        <source>The text encoder works on the processor.</source>
        <translation>文本编码器在处理器上运行。</translation>
    </message>
    <message>
        <source>The text encoder and what draws take turns in memory; for other words both are read again.</source>
        <translation>文本编码器与绘图网络轮流占用内存；换了提示词时两者都会重新读取。</translation>
    </message>
    <message>
        <source>What draws is kept in 8 bits, which changes pictures a little.</source>
        <translation>绘图网络用 8 位保存，图片会略有变化。</translation>
    </message>
    <message>
        <source>{size} of it wait in the processor&apos;s memory and come at each step, which is slower.</source>
        <translation>其中 {size} 留在处理器的内存中，每一步时再传入，因此较慢。</translation>
    </message>
    <message>
        <source>Pictures are decoded in tiles, which may show a little.</source>
        <translation>图片分块解码，可能略微看得出来。</translation>
    </message>
    <message>
        <source>About {used} of {room} are used at most.</source>
        <translation>最多约占用 {room} 中的 {used}。</translation>
    </message>
    <message>
        <source>About {used} of {room} would be used: more than is free now.</source>
        <translation>将占用 {room} 中的约 {used}：超过了目前可用的内存。</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Open &amp;Recent</source>
        <translation>最近打开的文件(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Layer</source>
        <translation>图层(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Mask</source>
        <translation>蒙版(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation>图像(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Animation</source>
        <translation>动画(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Generate</source>
        <translation>生成(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Plugins</source>
        <translation>插件(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Filte&amp;r</source>
        <translation>滤镜(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Project</source>
        <translation>项目(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Keyframe</source>
        <translation>关键帧(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Frames</source>
        <translation>帧(&amp;F)</translation>
    </message>
    <message>
        <source>Keyframe animation</source>
        <translation>关键帧动画</translation>
    </message>
</context>
<context>
    <name>ModelDeeds</name>
    <message>
        <source>{name} is taken for what you said.</source>
        <translation>{name} 已按您所说的处理。</translation>
    </message>
    <message>
        <source>{name} is taken for what its file says.</source>
        <translation>{name} 已按其文件所示处理。</translation>
    </message>
    <message>
        <source>{name} is among the upscalers now: Image → Upscale offers it.</source>
        <translation>{name} 已归入放大模型：可在“图像 → 放大”中选用。</translation>
    </message>
    <message>
        <source>{name} is in the trash.</source>
        <translation>{name} 已移入回收站。</translation>
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message>
        <source>Draw with This Model</source>
        <translation>用此模型绘制</translation>
    </message>
    <message>
        <source>Treat as…</source>
        <translation>视为…</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Show in Folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Show Its Page</source>
        <translation>打开其网页</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Drawing with It</source>
        <translation>正在使用</translation>
    </message>
    <message>
        <source>From the Picture That Is Open</source>
        <translation>取自打开的图像</translation>
    </message>
    <message>
        <source>From a File…</source>
        <translation>取自文件…</translation>
    </message>
    <message>
        <source>None of Mine</source>
        <translation>去掉我设置的图片</translation>
    </message>
    <message>
        <source>Trigger words</source>
        <translation>触发词</translation>
    </message>
    <message>
        <source>Most used in its training</source>
        <translation>训练中最常用的词</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>By</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>About</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>In detail</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Made for</source>
        <translation>训练所用模型</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Takes from others</source>
        <translation>借用自</translation>
    </message>
    <message>
        <source>Said by you</source>
        <translation>您的说明</translation>
    </message>
    <message>
        <source>Yes, in a file beside it</source>
        <translation>有，写在旁边的文件里</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>标识符</translation>
    </message>
    <message>
        <source>about {side} pixels, at most {most}</source>
        <translation>约 {side} 像素，最大 {most}</translation>
    </message>
</context>
<context>
    <name>ModelWords</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Embeddings</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Controls</source>
        <translation>控制</translation>
    </message>
    <message>
        <source>VAE</source>
        <translation>VAE</translation>
    </message>
    <message>
        <source>Upscalers</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Not usable</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Part of a model</source>
        <translation>模型的一部分</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>ControlNet</source>
        <translation>ControlNet</translation>
    </message>
    <message>
        <source>Reference adapter</source>
        <translation>参考适配器</translation>
    </message>
    <message>
        <source>Upscaler</source>
        <translation>放大模型</translation>
    </message>
    <message>
        <source>Motion adapter</source>
        <translation>运动适配器</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>其他文件</translation>
    </message>
    <message>
        <source>Inpainting model</source>
        <translation>局部重绘模型</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>这台电脑上</translation>
    </message>
    <message>
        <source>Get models</source>
        <translation>获取模型</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>NewPictureDialog</name>
    <message>
        <source>New picture</source>
        <translation>新图片</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>As the current picture</source>
        <translation>与当前图片相同</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>Painting colour</source>
        <translation>绘画颜色</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>底色</translation>
    </message>
</context>
<context>
    <name>OnionMenu</name>
    <message>
        <source>Frames shown before this one</source>
        <translation>当前帧之前显示的帧数</translation>
    </message>
    <message>
        <source>Frames shown after this one</source>
        <translation>当前帧之后显示的帧数</translation>
    </message>
    <message>
        <source>Colour of the frames before</source>
        <translation>之前各帧的颜色</translation>
    </message>
    <message>
        <source>Colour of the frames after</source>
        <translation>之后各帧的颜色</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Over the frame</source>
        <translation>盖在当前帧上面</translation>
    </message>
    <message>
        <source>For frames that cover the whole picture, so that nothing below them shows</source>
        <translation>用于铺满整个画面的帧：它们下面的内容看不见</translation>
    </message>
    <message>
        <source>Frames before</source>
        <translation>之前的帧</translation>
    </message>
    <message>
        <source>Frames after</source>
        <translation>之后的帧</translation>
    </message>
</context>
<context>
    <name>OpenActions</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open as layer</source>
        <translation>作为图层打开</translation>
    </message>
    <message>
        <source>“{name}” was added as a layer.</source>
        <translation>“{name}”已添加为图层。</translation>
    </message>
    <message>
        <source>Open it instead</source>
        <translation>改为打开</translation>
    </message>
    <message>
        <source>This picture carries the settings it was made with: “{prompt}”.</source>
        <translation>此图片带有生成时的设置：“{prompt}”。</translation>
    </message>
    <message>
        <source>Use its settings</source>
        <translation>使用其设置</translation>
    </message>
    <message>
        <source>Saving asks for a new file, so that this one keeps what could not be read.</source>
        <translation>保存时会询问新的文件名，本文件中无法读取的内容因此得以保留。</translation>
    </message>
</context>
<context>
    <name>ParameterForm</name>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>更多选项</translation>
    </message>
    <message>
        <source>More options: {names}</source>
        <translation>更多选项：{names}</translation>
    </message>
</context>
<context>
    <name>PluginLibraries</name>
    <message>
        <source>Install these libraries</source>
        <translation>安装这些库</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Looking for what goes together…</source>
        <translation>正在查找彼此兼容的版本…</translation>
    </message>
    <message>
        <source>{size} have arrived…</source>
        <translation>已收到 {size}…</translation>
    </message>
    <message>
        <source>It needs Python packages that are not here: {names}. They are fetched from the package index into a folder beside the engine, as ready-made wheels only, and cannot change the engine.</source>
        <translation>它需要此处没有的 Python 包：{names}。它们会从软件包索引取到引擎旁边的单独文件夹中，只用现成的 wheel 包，不会改动引擎。</translation>
    </message>
</context>
<context>
    <name>PluginPanel</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>PluginPanels</name>
    <message>
        <source>This is a preview. The layer changes when you press the button.</source>
        <translation>这是预览。按下按钮后图层才会改变。</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>Plugins</name>
    <message>
        <source>A linear multistep method of fourth order.</source>
        <translation>四阶线性多步法。</translation>
    </message>
    <message>
        <source>AVIF</source>
        <translation>AVIF</translation>
    </message>
    <message>
        <source>Above 1 the middle becomes brighter.</source>
        <translation>大于 1 时中间调变亮。</translation>
    </message>
    <message>
        <source>A network that was trained to enlarge pictures; it works in tiles.</source>
        <translation>为放大图片训练的网络，分块处理。</translation>
    </message>
    <message>
        <source>Adds fresh noise at every step; good from 20 steps.</source>
        <translation>每一步都加入新噪声；20 步起效果好。</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>An exponential integrator.</source>
        <translation>指数积分器。</translation>
    </message>
    <message>
        <source>Animation</source>
        <translation>动画</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>BMP</source>
        <translation>BMP</translation>
    </message>
    <message>
        <source>Black point</source>
        <translation>黑场</translation>
    </message>
    <message>
        <source>Blur, sharpening, levels and colour for a layer or for what is masked.</source>
        <translation>对图层或蒙版区域进行模糊、锐化、色阶和颜色调整。</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Colours around the mask</source>
        <translation>蒙版周围的颜色</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>周边范围</translation>
    </message>
    <message>
        <source>Corrects a colour shift of the model by the pixels around the mask.</source>
        <translation>根据蒙版周围的像素校正模型的偏色。</translation>
    </message>
    <message>
        <source>DDIM</source>
        <translation>DDIM</translation>
    </message>
    <message>
        <source>DDPM</source>
        <translation>DDPM</translation>
    </message>
    <message>
        <source>DEIS</source>
        <translation>DEIS</translation>
    </message>
    <message>
        <source>DPM++ 2M</source>
        <translation>DPM++ 2M</translation>
    </message>
    <message>
        <source>DPM++ 2M Karras</source>
        <translation>DPM++ 2M Karras</translation>
    </message>
    <message>
        <source>DPM++ 2M SDE</source>
        <translation>DPM++ 2M SDE</translation>
    </message>
    <message>
        <source>DPM++ 2M SDE Karras</source>
        <translation>DPM++ 2M SDE Karras</translation>
    </message>
    <message>
        <source>DPM++ 2S</source>
        <translation>DPM++ 2S</translation>
    </message>
    <message>
        <source>DPM++ 3M</source>
        <translation>DPM++ 3M</translation>
    </message>
    <message>
        <source>DPM++ SDE</source>
        <translation>DPM++ SDE</translation>
    </message>
    <message>
        <source>DPM++ SDE Karras</source>
        <translation>DPM++ SDE Karras</translation>
    </message>
    <message>
        <source>DPM2</source>
        <translation>DPM2</translation>
    </message>
    <message>
        <source>DPM2 Karras</source>
        <translation>DPM2 Karras</translation>
    </message>
    <message>
        <source>DPM2 a</source>
        <translation>DPM2 a</translation>
    </message>
    <message>
        <source>DPM2 with fresh noise.</source>
        <translation>加入新噪声的 DPM2。</translation>
    </message>
    <message>
        <source>DPM2 with more steps at low noise.</source>
        <translation>低噪声处步数更多的 DPM2。</translation>
    </message>
    <message>
        <source>Differences up to this many levels stay as they are, so that noise is not sharpened.</source>
        <translation>不超过此级数的差异保持不变，以免锐化噪点。</translation>
    </message>
    <message>
        <source>Denoising steps of the whole schedule; the strength says how many of them run.</source>
        <translation>整个去噪过程的步数；实际运行多少步由强度决定。</translation>
    </message>
    <message>
        <source>1 keeps everything.</source>
        <translation>1 保留一切。</translation>
    </message>
    <message>
        <source>1.02 goes nearer by 2 % a frame.</source>
        <translation>1.02 表示每帧靠近 2 %。</translation>
    </message>
    <message>
        <source>A clean drawing, which is coloured in.</source>
        <translation>干净的线稿，由模型上色。</translation>
    </message>
    <message>
        <source>A panel that corrects a layer&apos;s light and colour, or fits it to the picture below.</source>
        <translation>校正图层光线和颜色的面板，也可使图层与下方画面相配。</translation>
    </message>
    <message>
        <source>A rough sketch: the model works it up and keeps to it loosely.</source>
        <translation>粗略的草图：模型把它画完，大致遵循。</translation>
    </message>
    <message>
        <source>AVIF quality</source>
        <translation>AVIF 质量</translation>
    </message>
    <message>
        <source>AVIF speed</source>
        <translation>AVIF 速度</translation>
    </message>
    <message>
        <source>AnimateDiff</source>
        <translation>AnimateDiff</translation>
    </message>
    <message>
        <source>Animation: {name}</source>
        <translation>动画：{name}</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Areas of flat colours that stand for things.</source>
        <translation>用纯色区域表示各种事物。</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Black lines and hatching.</source>
        <translation>黑色线条与排线。</translation>
    </message>
    <message>
        <source>Both ways of compressing lose nothing. Some older programs read only LZW or none.</source>
        <translation>两种压缩方式都无损。一些旧程序只能读取 LZW 或未压缩的文件。</translation>
    </message>
    <message>
        <source>Brighter or darker; one stop is twice the light.</source>
        <translation>更亮或更暗；一档即光量加倍。</translation>
    </message>
    <message>
        <source>Broad colours</source>
        <translation>大块颜色</translation>
    </message>
    <message>
        <source>Broad contours; details are left free.</source>
        <translation>大的轮廓；细节自由发挥。</translation>
    </message>
    <message>
        <source>Cadence</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>Canny edges</source>
        <translation>Canny 边缘</translation>
    </message>
    <message>
        <source>Change the layer as the sliders say.</source>
        <translation>按滑块的数值修改图层。</translation>
    </message>
    <message>
        <source>Clean shapes and few colours.</source>
        <translation>形状简洁，颜色很少。</translation>
    </message>
    <message>
        <source>Clear edges</source>
        <translation>明显边缘</translation>
    </message>
    <message>
        <source>Close up</source>
        <translation>近看</translation>
    </message>
    <message>
        <source>Close up, a whole thing is drawn also in a small mask, but little is seen of what is around it. Automatic: close up if there is a prompt; without one the mask is filled from its surroundings.</source>
        <translation>近看时，小蒙版中也能画出完整的物体，但看到的周围很少。自动：有提示词时近看；没有提示词时根据周围填充蒙版。</translation>
    </message>
    <message>
        <source>Coarse picture</source>
        <translation>粗略图片</translation>
    </message>
    <message>
        <source>Coherence</source>
        <translation>连贯性</translation>
    </message>
    <message>
        <source>Concept art</source>
        <translation>概念设计图</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>Cooler to the left, warmer to the right.</source>
        <translation>向左偏冷，向右偏暖。</translation>
    </message>
    <message>
        <source>Deflate, small</source>
        <translation>Deflate，文件小</translation>
    </message>
    <message>
        <source>Degrees by which the lower side goes away a frame.</source>
        <translation>每帧下边远离的度数。</translation>
    </message>
    <message>
        <source>Degrees by which the right side goes away a frame.</source>
        <translation>每帧右边远离的度数。</translation>
    </message>
    <message>
        <source>Degrees clockwise a frame.</source>
        <translation>每帧顺时针的度数。</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>Diffusion</source>
        <translation>扩散模型</translation>
    </message>
    <message>
        <source>Diffusion upscale</source>
        <translation>扩散放大</translation>
    </message>
    <message>
        <source>Dramatic light and much detail.</source>
        <translation>戏剧性的光线，细节丰富。</translation>
    </message>
    <message>
        <source>Draws a new picture from the prompt.</source>
        <translation>根据提示词画一幅新图片。</translation>
    </message>
    <message>
        <source>Draws every so many frames; optical flow makes those in between.</source>
        <translation>每隔这么多帧绘制一次；中间的帧由光流生成。</translation>
    </message>
    <message>
        <source>Draws fine detail into the enlarged picture with the model of the Generate panel. Slow.</source>
        <translation>用“生成”面板里的模型在放大后的图上画出细节。较慢。</translation>
    </message>
    <message>
        <source>Draws inside the painted mask and leaves every pixel outside it as it is.</source>
        <translation>在绘制的蒙版内作画，蒙版之外的每个像素保持原样。</translation>
    </message>
    <message>
        <source>Draws inside the painted mask. Pixels outside it stay exactly as they are.</source>
        <translation>在绘制的蒙版内作画。蒙版之外的像素保持原样。</translation>
    </message>
    <message>
        <source>Draws key frames as a latent walk does, or takes those of a source, and moves them into one another by optical flow.</source>
        <translation>像潜空间漫步那样绘制关键画面，或取自素材，再用光流从一个变到另一个。</translation>
    </message>
    <message>
        <source>Draws many frames together with a motion adapter, so that things move by themselves.</source>
        <translation>用运动适配器同时绘制多帧，让物体自己动起来。</translation>
    </message>
    <message>
        <source>Draws over every frame of a film, an animation or a folder.</source>
        <translation>重绘影片、动画或文件夹中的每一帧。</translation>
    </message>
    <message>
        <source>Draws over the whole canvas, more or less freely.</source>
        <translation>在整个画布上重画，自由程度可调。</translation>
    </message>
    <message>
        <source>Draws over the whole canvas. A small strength keeps most of it, 1 nothing.</source>
        <translation>在整个画布上重画。强度小则大部分保留，为 1 则全部重画。</translation>
    </message>
    <message>
        <source>Edges continued</source>
        <translation>延续边缘</translation>
    </message>
    <message>
        <source>Edges stronger than this are always there; those between only where they go on from one.</source>
        <translation>比这更强的边缘总会保留；介于两者之间的只在与之相连时保留。</translation>
    </message>
    <message>
        <source>Edges weaker than this are left out.</source>
        <translation>比这更弱的边缘会被略去。</translation>
    </message>
    <message>
        <source>Enlarges a picture and draws fine detail into it, tile by tile.</source>
        <translation>放大图片，并逐块画出细节。</translation>
    </message>
    <message>
        <source>Enlarges pictures: with Lanczos, or with networks of any architecture that spandrel knows.</source>
        <translation>放大图片：用 Lanczos 插值，或用 spandrel 支持的任何架构的网络。</translation>
    </message>
    <message>
        <source>Euler</source>
        <translation>Euler</translation>
    </message>
    <message>
        <source>Euler Karras</source>
        <translation>Euler Karras</translation>
    </message>
    <message>
        <source>Euler a</source>
        <translation>Euler a</translation>
    </message>
    <message>
        <source>Euler with fresh noise: soft, varied pictures.</source>
        <translation>加入新噪声的 Euler：画面柔和多变。</translation>
    </message>
    <message>
        <source>Euler with more steps at low noise.</source>
        <translation>低噪声处步数更多的 Euler。</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>曝光</translation>
    </message>
    <message>
        <source>Faint edges</source>
        <translation>微弱边缘</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>羽化</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Few colours and crisp edges.</source>
        <translation>颜色很少，边缘清晰。</translation>
    </message>
    <message>
        <source>Figures as coloured sticks on black.</source>
        <translation>黑底上的彩色火柴人。</translation>
    </message>
    <message>
        <source>Filter: {name}</source>
        <translation>滤镜：{name}</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>滤镜</translation>
    </message>
    <message>
        <source>Flat illustration</source>
        <translation>扁平插画</translation>
    </message>
    <message>
        <source>For LCM models and LoRAs only: 2 to 8 steps.</source>
        <translation>仅用于 LCM 模型和 LoRA：2 至 8 步。</translation>
    </message>
    <message>
        <source>For TCD models and LoRAs only: 2 to 8 steps.</source>
        <translation>仅用于 TCD 模型和 LoRA：2 至 8 步。</translation>
    </message>
    <message>
        <source>For fine detail.</source>
        <translation>适合精细细节。</translation>
    </message>
    <message>
        <source>For the active layer, inside the mask if there is one.</source>
        <translation>作用于当前图层；有蒙版时只在蒙版内。</translation>
    </message>
    <message>
        <source>Frames from one key frame to the next.</source>
        <translation>从一个关键画面到下一个的帧数。</translation>
    </message>
    <message>
        <source>Frames of the last window that the next one goes on from.</source>
        <translation>下一个窗口从上一个窗口的多少帧接续。</translation>
    </message>
    <message>
        <source>Frames that are drawn together; most adapters were trained on 16.</source>
        <translation>同时绘制的帧数；多数适配器按 16 帧训练。</translation>
    </message>
    <message>
        <source>Fresh noise and fine detail.</source>
        <translation>新噪声与精细细节。</translation>
    </message>
    <message>
        <source>Gaussian blur</source>
        <translation>高斯模糊</translation>
    </message>
    <message>
        <source>Goes from one prompt and seed to the next by way of everything in between.</source>
        <translation>从一个提示词和种子走到下一个，经过其间的一切。</translation>
    </message>
    <message>
        <source>Greener to the left, more magenta to the right.</source>
        <translation>向左偏绿，向右偏洋红。</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>扩大</translation>
    </message>
    <message>
        <source>Guide: {name}</source>
        <translation>控制：{name}</translation>
    </message>
    <message>
        <source>Guides</source>
        <translation>控制</translation>
    </message>
    <message>
        <source>Heun</source>
        <translation>Heun</translation>
    </message>
    <message>
        <source>Heun Karras</source>
        <translation>Heun Karras</translation>
    </message>
    <message>
        <source>Heun with more steps at low noise.</source>
        <translation>低噪声处步数更多的 Heun。</translation>
    </message>
    <message>
        <source>Higher keeps more and makes larger files; 90 can hardly be told from the picture.</source>
        <translation>数值越高保留越多，文件也越大；90 与原图几乎无法区分。</translation>
    </message>
    <message>
        <source>How TIFF and AVIF files are written. Both keep transparency.</source>
        <translation>如何写入 TIFF 和 AVIF 文件。两者都保留透明度。</translation>
    </message>
    <message>
        <source>How bright weak contours become.</source>
        <translation>弱轮廓变得多亮。</translation>
    </message>
    <message>
        <source>How far drawing reaches beyond the mask. -1 chooses it by the size of the mask.</source>
        <translation>作画超出蒙版的距离。-1 表示按蒙版大小选取。</translation>
    </message>
    <message>
        <source>How far neighbouring tiles are blended into each other. More hides seams, and takes longer.</source>
        <translation>相邻分块互相融合的宽度。越大接缝越不可见，但更费时。</translation>
    </message>
    <message>
        <source>How far tiles reach into each other. More hides the seams of networks that look far.</source>
        <translation>分块互相重叠的宽度。网络看得越远，需要的重叠越大。</translation>
    </message>
    <message>
        <source>How freely the model draws. From 0.2 to 0.35 it adds detail; more changes things.</source>
        <translation>模型作画的自由程度。0.2 到 0.35 会增加细节；更大则会改变内容。</translation>
    </message>
    <message>
        <source>How much of the last result is carried along by optical flow.</source>
        <translation>上一帧的结果有多少由光流带到这一帧。</translation>
    </message>
    <message>
        <source>How much of the surroundings the model sees around the mask. -1 chooses it by the size of the mask.</source>
        <translation>模型能看到的蒙版周边范围。-1 表示按蒙版大小选取。</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>Hue and saturation</source>
        <translation>色相与饱和度</translation>
    </message>
    <message>
        <source>Image to image</source>
        <translation>图生图</translation>
    </message>
    <message>
        <source>In between</source>
        <translation>补间</translation>
    </message>
    <message>
        <source>Ink drawing</source>
        <translation>钢笔画</translation>
    </message>
    <message>
        <source>Inpaint</source>
        <translation>局部重绘</translation>
    </message>
    <message>
        <source>Its identifier; if left out, the first that fits the model.</source>
        <translation>适配器的标识；留空则用第一个适合该模型的。</translation>
    </message>
    <message>
        <source>Keep tones</source>
        <translation>保持色调</translation>
    </message>
    <message>
        <source>Keeps colours and shapes of a picture and draws its details anew.</source>
        <translation>保持图片的颜色和形状，重画细节。</translation>
    </message>
    <message>
        <source>Keeps the broad colours of a picture, and no more.</source>
        <translation>只保持图片的大块颜色。</translation>
    </message>
    <message>
        <source>Keeps the colours of the first frame.</source>
        <translation>保持第一帧的色彩。</translation>
    </message>
    <message>
        <source>LCM</source>
        <translation>LCM</translation>
    </message>
    <message>
        <source>LMS</source>
        <translation>LMS</translation>
    </message>
    <message>
        <source>LMS Karras</source>
        <translation>LMS Karras</translation>
    </message>
    <message>
        <source>LMS with more steps at low noise.</source>
        <translation>低噪声处步数更多的 LMS。</translation>
    </message>
    <message>
        <source>LZW, widely read</source>
        <translation>LZW，广泛可读</translation>
    </message>
    <message>
        <source>Latent walk</source>
        <translation>潜空间漫步</translation>
    </message>
    <message>
        <source>Layers that the model draws after: lines, edges, depth, poses, and what makes them of a picture.</source>
        <translation>模型依照绘制的图层：线条、边缘、深度、姿势，以及由图片生成它们的工具。</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>色阶</translation>
    </message>
    <message>
        <source>Light and dark of a pattern or a sign come back in the picture.</source>
        <translation>图案或标志的明暗会出现在图片中。</translation>
    </message>
    <message>
        <source>Light lines on black, brighter where the picture changes more.</source>
        <translation>黑底亮线，图片变化越大线条越亮。</translation>
    </message>
    <message>
        <source>Line art</source>
        <translation>线稿</translation>
    </message>
    <message>
        <source>Line width</source>
        <translation>线宽</translation>
    </message>
    <message>
        <source>Loose lines and shading.</source>
        <translation>松动的线条与明暗。</translation>
    </message>
    <message>
        <source>Made smaller and large again: colours and shapes stay, details go.</source>
        <translation>先缩小再放大：颜色和形状保留，细节消失。</translation>
    </message>
    <message>
        <source>More gives more lines.</source>
        <translation>越大线条越多。</translation>
    </message>
    <message>
        <source>Natural light and sharp focus.</source>
        <translation>自然光线，焦点清晰。</translation>
    </message>
    <message>
        <source>Normals</source>
        <translation>法线</translation>
    </message>
    <message>
        <source>Oil painting</source>
        <translation>油画</translation>
    </message>
    <message>
        <source>Opens: {name}</source>
        <translation>打开：{name}</translation>
    </message>
    <message>
        <source>Page in Preferences: {name}</source>
        <translation>首选项页面：{name}</translation>
    </message>
    <message>
        <source>Panel: {name}</source>
        <translation>面板：{name}</translation>
    </message>
    <message>
        <source>Pencil sketch</source>
        <translation>铅笔素描</translation>
    </message>
    <message>
        <source>Photograph</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Pixel art</source>
        <translation>像素画</translation>
    </message>
    <message>
        <source>Pose</source>
        <translation>姿势</translation>
    </message>
    <message>
        <source>Prompt style: {name}</source>
        <translation>提示词风格：{name}</translation>
    </message>
    <message>
        <source>Prompt styles</source>
        <translation>提示词风格</translation>
    </message>
    <message>
        <source>Scheduler: {name}</source>
        <translation>采样器：{name}</translation>
    </message>
    <message>
        <source>Scribble</source>
        <translation>涂鸦</translation>
    </message>
    <message>
        <source>Scribble lines</source>
        <translation>涂鸦线条</translation>
    </message>
    <message>
        <source>Segmentation</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>So soft that only broad colours are left.</source>
        <translation>模糊到只剩大块颜色。</translation>
    </message>
    <message>
        <source>Soft edges</source>
        <translation>柔和边缘</translation>
    </message>
    <message>
        <source>Soft lines</source>
        <translation>柔和线条</translation>
    </message>
    <message>
        <source>Soft washes on paper.</source>
        <translation>纸上的柔和晕染。</translation>
    </message>
    <message>
        <source>Stencil</source>
        <translation>镂空图案</translation>
    </message>
    <message>
        <source>Thick rough lines on black, as of a felt pen.</source>
        <translation>黑底上像马克笔一样的粗线条。</translation>
    </message>
    <message>
        <source>Thin hard edges, which are kept closely.</source>
        <translation>细而硬的边缘，严格遵循。</translation>
    </message>
    <message>
        <source>Thin light lines on black where the picture has edges.</source>
        <translation>在图片边缘处画黑底细亮线。</translation>
    </message>
    <message>
        <source>Times smaller</source>
        <translation>缩小倍数</translation>
    </message>
    <message>
        <source>Tool: {name}</source>
        <translation>工具：{name}</translation>
    </message>
    <message>
        <source>Unblur</source>
        <translation>去模糊</translation>
    </message>
    <message>
        <source>Upscaler: {name}</source>
        <translation>放大器：{name}</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视野</translation>
    </message>
    <message>
        <source>Visible brush strokes and rich colours.</source>
        <translation>笔触可见，色彩浓郁。</translation>
    </message>
    <message>
        <source>Watercolour</source>
        <translation>水彩画</translation>
    </message>
    <message>
        <source>What is near is light, what is far is dark.</source>
        <translation>近处亮，远处暗。</translation>
    </message>
    <message>
        <source>Which way surfaces face, as colours.</source>
        <translation>用颜色表示表面朝向。</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口帧数</translation>
    </message>
    <message>
        <source>With the surroundings</source>
        <translation>连同周围</translation>
    </message>
    <message>
        <source>Words that make a picture look painted, drawn or photographed, offered beside the prompt.</source>
        <translation>让图片像绘画、素描或照片的词语，列在提示词旁边。</translation>
    </message>
    <message>
        <source>Writes: {name}</source>
        <translation>写入：{name}</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Lanczos</source>
        <translation>Lanczos 插值</translation>
    </message>
    <message>
        <source>Match colours</source>
        <translation>匹配颜色</translation>
    </message>
    <message>
        <source>Midtones</source>
        <translation>中间调</translation>
    </message>
    <message>
        <source>More of the steps go into fine detail.</source>
        <translation>更多步数用于精细细节。</translation>
    </message>
    <message>
        <source>More picture formats</source>
        <translation>更多图片格式</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>On a canvas larger than the model draws well, a second pass adds detail at full size.</source>
        <translation>画布大于模型擅长的尺寸时，再以全尺寸补画一遍细节。</translation>
    </message>
    <message>
        <source>Opens and writes TIFF, BMP and AVIF pictures, flat and with 8 bits a channel.</source>
        <translation>打开和写入 TIFF、BMP 和 AVIF 图片（单层，每通道 8 位）。</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>重叠</translation>
    </message>
    <message>
        <source>PNDM</source>
        <translation>PNDM</translation>
    </message>
    <message>
        <source>Plain interpolation: quick and faithful, and soft.</source>
        <translation>普通插值：快速、忠实，但偏柔。</translation>
    </message>
    <message>
        <source>Predictor and corrector; good from 8 steps.</source>
        <translation>预测加校正；8 步起效果好。</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Refine large areas</source>
        <translation>细化大区域</translation>
    </message>
    <message>
        <source>Refine large pictures</source>
        <translation>细化大图片</translation>
    </message>
    <message>
        <source>SA-Solver</source>
        <translation>SA-Solver</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Schedulers</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>Second order at one call a step; good from 12 steps.</source>
        <translation>每步一次调用的二阶方法；12 步起效果好。</translation>
    </message>
    <message>
        <source>Second order at two calls a step.</source>
        <translation>每步两次调用的二阶方法。</translation>
    </message>
    <message>
        <source>Second order at two calls a step: half as fast as Euler.</source>
        <translation>每步两次调用的二阶方法：速度是 Euler 的一半。</translation>
    </message>
    <message>
        <source>Sets which tones become black and white, and how bright the middle is.</source>
        <translation>设定哪些色调变为黑色和白色，以及中间调的亮度。</translation>
    </message>
    <message>
        <source>Sharpens edges by their difference from a blurred picture.</source>
        <translation>根据与模糊图像的差异锐化边缘。</translation>
    </message>
    <message>
        <source>Softens the picture.</source>
        <translation>使图像变柔和。</translation>
    </message>
    <message>
        <source>Side of the parts that the picture is worked on in. Smaller ones take less memory.</source>
        <translation>处理图片时每块的边长。越小占用内存越少。</translation>
    </message>
    <message>
        <source>Frames one after another: walks between prompts, moving cameras, frames in between, films drawn over, AnimateDiff.</source>
        <translation>一帧接一帧：提示词之间的漫步、移动的镜头、补间帧、重绘视频、AnimateDiff。</translation>
    </message>
    <message>
        <source>Light and colour</source>
        <translation>光线与颜色</translation>
    </message>
    <message>
        <source>Lower takes longer and makes smaller files.</source>
        <translation>数值越低越慢，文件越小。</translation>
    </message>
    <message>
        <source>Match below</source>
        <translation>匹配下方</translation>
    </message>
    <message>
        <source>Measured. Press Apply to use it.</source>
        <translation>已测量。按“应用”使用。</translation>
    </message>
    <message>
        <source>Motion adapter</source>
        <translation>运动适配器</translation>
    </message>
    <message>
        <source>Move a slider first, or press Auto.</source>
        <translation>请先移动滑块，或按“自动”。</translation>
    </message>
    <message>
        <source>Moves the last frame as a camera would and draws it over.</source>
        <translation>像镜头一样移动上一帧，再重绘。</translation>
    </message>
    <message>
        <source>New noise for every frame</source>
        <translation>每帧使用新噪声</translation>
    </message>
    <message>
        <source>None, large</source>
        <translation>不压缩，文件大</translation>
    </message>
    <message>
        <source>Optical flow carries the mask of the first frame along.</source>
        <translation>光流带着第一帧的蒙版移动。</translation>
    </message>
    <message>
        <source>Pan down</source>
        <translation>向下平移</translation>
    </message>
    <message>
        <source>Pan to the right</source>
        <translation>向右平移</translation>
    </message>
    <message>
        <source>Perspective down</source>
        <translation>向下透视</translation>
    </message>
    <message>
        <source>Perspective to the right</source>
        <translation>向右透视</translation>
    </message>
    <message>
        <source>Picture formats</source>
        <translation>图片格式</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Set the sliders so that the layer fits what lies below and around it.</source>
        <translation>设置滑块，使图层与其下方和周围的画面相配。</translation>
    </message>
    <message>
        <source>Set the sliders so that the layer is evenly lit and without a colour cast.</source>
        <translation>设置滑块，使图层明暗适中且没有偏色。</translation>
    </message>
    <message>
        <source>Share of the height a frame.</source>
        <translation>每帧移动高度的几分之几。</translation>
    </message>
    <message>
        <source>Share of the width a frame.</source>
        <translation>每帧移动宽度的几分之几。</translation>
    </message>
    <message>
        <source>Spacing</source>
        <translation>间距</translation>
    </message>
    <message>
        <source>Spreads tones away from the middle grey, or draws them towards it.</source>
        <translation>使色调远离中灰或靠近中灰。</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>起始内容</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Stochastic Adams method; good from 20 steps.</source>
        <translation>随机 Adams 方法；20 步起效果好。</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Stronger or weaker colours; -100 is grey.</source>
        <translation>颜色更浓或更淡；-100 为灰色。</translation>
    </message>
    <message>
        <source>TCD</source>
        <translation>TCD</translation>
    </message>
    <message>
        <source>TIFF</source>
        <translation>TIFF</translation>
    </message>
    <message>
        <source>Takes only detail from the model: broad colours and light stay, and neighbours match.</source>
        <translation>只取模型画的细节：大面积的颜色与明暗不变，相邻分块一致。</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>色温</translation>
    </message>
    <message>
        <source>Text to image</source>
        <translation>文生图</translation>
    </message>
    <message>
        <source>The classic deterministic method.</source>
        <translation>经典的确定性方法。</translation>
    </message>
    <message>
        <source>The first scheduler of Stable Diffusion 1.</source>
        <translation>Stable Diffusion 1 最初的采样器。</translation>
    </message>
    <message>
        <source>The mask follows</source>
        <translation>蒙版跟随</translation>
    </message>
    <message>
        <source>The noise schedulers of diffusers that fit Stable Diffusion models.</source>
        <translation>diffusers 中适用于 Stable Diffusion 模型的采样器。</translation>
    </message>
    <message>
        <source>The original method; wants 50 steps and more.</source>
        <translation>最初的方法；需要 50 步以上。</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>The plain first-order method; steady at any number of steps.</source>
        <translation>朴素的一阶方法；任何步数都稳定。</translation>
    </message>
    <message>
        <source>The same noise again and again burns its pattern in.</source>
        <translation>反复使用同一噪声会留下它的纹理。</translation>
    </message>
    <message>
        <source>The same with more fine detail.</source>
        <translation>同样的方法，细节更多。</translation>
    </message>
    <message>
        <source>The single-step solver with fresh noise; good from 10 steps.</source>
        <translation>加入新噪声的单步求解器；10 步起效果好。</translation>
    </message>
    <message>
        <source>The single-step solver without fresh noise.</source>
        <translation>不加新噪声的单步求解器。</translation>
    </message>
    <message>
        <source>The standard deviation of the blur.</source>
        <translation>模糊的标准差。</translation>
    </message>
    <message>
        <source>There is nothing below this layer to fit it to.</source>
        <translation>此图层下方没有可匹配的画面。</translation>
    </message>
    <message>
        <source>Third order at one call a step; for 20 steps and more.</source>
        <translation>每步一次调用的三阶方法；适合 20 步以上。</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Tint</source>
        <translation>色调</translation>
    </message>
    <message>
        <source>Turns the colours and makes them stronger or weaker.</source>
        <translation>旋转颜色，并使其增强或减弱。</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>分块</translation>
    </message>
    <message>
        <source>UniPC</source>
        <translation>UniPC</translation>
    </message>
    <message>
        <source>UniPC Karras</source>
        <translation>UniPC Karras</translation>
    </message>
    <message>
        <source>Unsharp mask</source>
        <translation>USM 锐化</translation>
    </message>
    <message>
        <source>Upscale</source>
        <translation>放大画质</translation>
    </message>
    <message>
        <source>Video to video</source>
        <translation>视频转视频</translation>
    </message>
    <message>
        <source>What every tile shows, such as a material or a style. Empty: the prompt of the panel.</source>
        <translation>每一块所画的内容，例如材质或风格。留空则用面板中的提示词。</translation>
    </message>
    <message>
        <source>What stands inside the mask before drawing. Automatic: the picture, or at full strength the colours around the mask.</source>
        <translation>作画前蒙版内的内容。自动：用原图，强度最大时用蒙版周围的颜色。</translation>
    </message>
    <message>
        <source>When the area is larger than the model draws well, a second pass adds detail at full size.</source>
        <translation>区域大于模型擅长的尺寸时，再以全尺寸补画一遍细节。</translation>
    </message>
    <message>
        <source>When the size is larger than the model draws well, a second pass adds detail at full size.</source>
        <translation>尺寸大于模型擅长的尺寸时，再以全尺寸补画一遍细节。</translation>
    </message>
    <message>
        <source>White point</source>
        <translation>白场</translation>
    </message>
    <message>
        <source>Width of the soft edge in which the model mixes old and new. -1 chooses it by the size of the mask.</source>
        <translation>模型混合新旧内容的柔和边缘的宽度。-1 表示按蒙版大小选取。</translation>
    </message>
</context>
<context>
    <name>PluginsDialog</name>
    <message>
        <source>Plugins</source>
        <translation>插件</translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Import this plugin now, although it failed before</source>
        <translation>立即导入此插件，尽管它以前失败过</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>最近的错误</translation>
    </message>
    <message>
        <source>Install…</source>
        <translation>安装…</translation>
    </message>
    <message>
        <source>Add a plugin from a .zip, a wheel or the plugin.toml of its folder</source>
        <translation>从 .zip、wheel 或其文件夹中的 plugin.toml 添加插件</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Delete this plugin&apos;s folder. Only plugins that you installed</source>
        <translation>删除此插件的文件夹。仅限您安装的插件</translation>
    </message>
    <message>
        <source>Libraries in use were replaced: they work from the next start on.</source>
        <translation>正在使用的库已被替换：下次启动后生效。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>That was in an earlier run. It has not changed since, so it was not imported at this start.</source>
        <translation>这是以前某次运行时的情况。此后它没有变化，因此本次启动没有导入它。</translation>
    </message>
    <message>
        <source>By {author}</source>
        <translation>作者：{author}</translation>
    </message>
    <message>
        <source>It adds:</source>
        <translation>它增加了：</translation>
    </message>
    <message>
        <source>It says that it uses: {names}</source>
        <translation>它声明会使用：{names}</translation>
    </message>
    <message>
        <source>It needs: {names}</source>
        <translation>它需要：{names}</translation>
    </message>
    <message>
        <source>Python packages that it needs: {names}</source>
        <translation>它需要的 Python 包：{names}</translation>
    </message>
    <message>
        <source>Identifier: {id}</source>
        <translation>标识符：{id}</translation>
    </message>
    <message>
        <source>Folder: {path}</source>
        <translation>文件夹：{path}</translation>
    </message>
    <message>
        <source>Off: it needs {names}</source>
        <translation>已关闭：需要 {names}</translation>
    </message>
    <message>
        <source>Disabled by you</source>
        <translation>已被您停用</translation>
    </message>
    <message>
        <source>Off: something that it needs is not here</source>
        <translation>已关闭：缺少它需要的东西</translation>
    </message>
    <message>
        <source>Refused: it breaks a rule for plugins</source>
        <translation>已拒绝：它违反了插件规则</translation>
    </message>
    <message>
        <source>Stopped: it failed</source>
        <translation>已停止：它出错了</translation>
    </message>
    <message>
        <source>Install a plugin</source>
        <translation>安装插件</translation>
    </message>
    <message>
        <source>A plugin runs with all rights of the program. Install only what you trust.</source>
        <translation>插件以本程序的全部权限运行。请仅安装您信任的插件。</translation>
    </message>
    <message>
        <source>Install {name} {version}?</source>
        <translation>安装 {name} {version}？</translation>
    </message>
    <message>
        <source>Replace {name} {old} by {version}?</source>
        <translation>将 {name} {old} 替换为 {version}？</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>Remove {name}?</source>
        <translation>移除 {name}？</translation>
    </message>
    <message>
        <source>The folder {path} is deleted.</source>
        <translation>将删除文件夹 {path}。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>正在处理…</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Look for a newer version once a day</source>
        <translation>每天检查一次新版本</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Another language shows at the next start.</source>
        <translation>更换的语言在下次启动时生效。</translation>
    </message>
    <message>
        <source>Memory for history</source>
        <translation>历史内存</translation>
    </message>
    <message>
        <source>When it is full, the oldest steps are forgotten.</source>
        <translation>内存用满时会忘记最早的步骤。</translation>
    </message>
    <message>
        <source>Folder of texts: __name__ in a prompt becomes a line of name.txt.</source>
        <translation>存放文本文件的文件夹：提示词中的 __name__ 会换成 name.txt 中的一行。</translation>
    </message>
    <message>
        <source>Wildcards</source>
        <translation>通配符</translation>
    </message>
    <message>
        <source>It sends nothing but the request, and installs nothing.</source>
        <translation>只发出这一个请求，不发送别的内容，也不会安装任何东西。</translation>
    </message>
</context>
<context>
    <name>ProblemBox</name>
    <message>
        <source>Look Again</source>
        <translation>重新查看</translation>
    </message>
    <message>
        <source>Go by the File Again</source>
        <translation>恢复按文件判断</translation>
    </message>
    <message>
        <source>Get What Is Missing…</source>
        <translation>获取缺少的部分…</translation>
    </message>
    <message>
        <source>Say What It Is…</source>
        <translation>说明它是什么…</translation>
    </message>
    <message>
        <source>Put It with the Upscalers</source>
        <translation>归入放大模型</translation>
    </message>
    <message>
        <source>Download Again…</source>
        <translation>重新下载…</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>Reading the prompt</source>
        <translation>正在读取提示词</translation>
    </message>
    <message>
        <source>Denoising</source>
        <translation>正在去噪</translation>
    </message>
    <message>
        <source>Decoding</source>
        <translation>正在解码</translation>
    </message>
    <message>
        <source>Placing</source>
        <translation>正在放置</translation>
    </message>
    <message>
        <source>Upscaling</source>
        <translation>正在放大</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在开始</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Done in {time}</source>
        <translation>完成，用时 {time}</translation>
    </message>
    <message>
        <source>Done in {time} (model loaded in {loading})</source>
        <translation>完成，用时 {time}（另加载模型 {loading}）</translation>
    </message>
</context>
<context>
    <name>ProjectFiles</name>
    <message>
        <source>Untitled animation</source>
        <translation>未命名动画</translation>
    </message>
    <message>
        <source>Open animation project</source>
        <translation>打开动画项目</translation>
    </message>
    <message>
        <source>Save animation project</source>
        <translation>保存动画项目</translation>
    </message>
    <message>
        <source>Animation project</source>
        <translation>动画项目</translation>
    </message>
</context>
<context>
    <name>ProjectForm</name>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Scheduler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>There and back</source>
        <translation>往返播放</translation>
    </message>
    <message>
        <source>Pad to even sides</source>
        <translation>补成偶数边长</translation>
    </message>
    <message>
        <source>Dither (GIF)</source>
        <translation>抖动（GIF）</translation>
    </message>
    <message>
        <source>No plugin brings the mode “{mode}”. Choose another, or switch its plugin on.</source>
        <translation>没有插件提供“{mode}”模式。请选择其他模式，或启用相应插件。</translation>
    </message>
    <message>
        <source>This mode needs a source: a film, an animation or a folder.</source>
        <translation>此模式需要素材：影片、动画或文件夹。</translation>
    </message>
    <message>
        <source>A mask needs a source, which shows outside of it.</source>
        <translation>使用蒙版需要素材，蒙版之外显示的是素材。</translation>
    </message>
    <message>
        <source> fps</source>
        <translation> 帧/秒</translation>
    </message>
    <message>
        <source>More steps take longer and add detail up to a point</source>
        <translation>步数越多越慢，细节在一定范围内越多</translation>
    </message>
    <message>
        <source>Film or folder</source>
        <translation>影片或文件夹</translation>
    </message>
    <message>
        <source>A film, an animated picture, a folder of pictures, or one picture</source>
        <translation>影片、动图、图片文件夹，或一张图片</translation>
    </message>
    <message>
        <source>White: animate</source>
        <translation>白色处为动画</translation>
    </message>
    <message>
        <source>A picture that is white where to animate; the rest stays as in the source</source>
        <translation>一张图片，白色处为动画，其余部分与素材相同</translation>
    </message>
    <message>
        <source>The colour behind transparency; empty keeps it where the format can</source>
        <translation>透明部分后面的颜色；留空则在格式支持时保留透明</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>一直循环</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>For WebP, AVIF, MP4 and WebM; 100 is lossless WebP</source>
        <translation>用于 WebP、AVIF、MP4 和 WebM；WebP 设为 100 时无损</translation>
    </message>
    <message>
        <source>Diffused</source>
        <translation>误差扩散</translation>
    </message>
    <message>
        <source>Ordered</source>
        <translation>有序</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>素材</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>蒙版</translation>
    </message>
    <message>
        <source>Loops</source>
        <translation>循环次数</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Sheet columns</source>
        <translation>精灵图列数</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Choose a folder of pictures</source>
        <translation>选择图片文件夹</translation>
    </message>
</context>
<context>
    <name>ProjectRescue</name>
    <message>
        <source>An animation project was not saved when Shoreline ended.</source>
        <translation>Shoreline 结束时有一个动画项目没有保存。</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Discard it</source>
        <translation>丢弃</translation>
    </message>
</context>
<context>
    <name>ProjectToolBar</name>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
</context>
<context>
    <name>ProjectWindow</name>
    <message>
        <source>Render</source>
        <translation>渲染</translation>
    </message>
    <message>
        <source>Keyframe Animation</source>
        <translation>关键帧动画</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>An earlier state of the project is being drawn</source>
        <translation>正在绘制项目的较早状态</translation>
    </message>
    <message>
        <source>All {total} frames are drawn</source>
        <translation>全部 {total} 帧已绘制</translation>
    </message>
    <message>
        <source>{drawn} of {total} frames are drawn</source>
        <translation>已绘制 {drawn} 帧，共 {total} 帧</translation>
    </message>
    <message>
        <source>Nothing is drawn yet with these settings</source>
        <translation>用这些设置还没有绘制任何帧</translation>
    </message>
    <message>
        <source>Frame {frame} is still to be drawn</source>
        <translation>第 {frame} 帧尚待绘制</translation>
    </message>
    <message>
        <source>Frame {frame} is not drawn. Render draws all frames.</source>
        <translation>第 {frame} 帧还没有绘制。点击“渲染”绘制所有帧。</translation>
    </message>
    <message>
        <source>Reading the frames…</source>
        <translation>正在读取各帧…</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Choose a folder of pictures</source>
        <translation>选择图片文件夹</translation>
    </message>
</context>
<context>
    <name>PromptSection</name>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Type what you want to see, then press {keys}</source>
        <translation>输入想看到的内容，然后按 {keys}</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>反向提示词</translation>
    </message>
    <message>
        <source>What the picture should not show</source>
        <translation>图片中不应出现的内容</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Style: adds its words to the prompts, or takes them out</source>
        <translation>风格：把它的词语写入提示词，或取出</translation>
    </message>
    <message>
        <source>Earlier prompts</source>
        <translation>用过的提示词</translation>
    </message>
    <message>
        <source>Earlier prompts (Up on the first line)</source>
        <translation>用过的提示词（在首行按向上键）</translation>
    </message>
    <message>
        <source>Clear This List</source>
        <translation>清空此列表</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Cancel all</source>
        <translation>全部取消</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>清除已完成</translation>
    </message>
    <message>
        <source>This picture is a layer already: “{name}”, which is active now.</source>
        <translation>此图片已经是图层“{name}”，现已设为活动图层。</translation>
    </message>
    <message>
        <source>This picture is a layer already: “{name}”, which is hidden. It is active now.</source>
        <translation>此图片已经是图层“{name}”，但被隐藏了；现已设为活动图层。</translation>
    </message>
    <message>
        <source>Nothing is queued. Type what you want to see, then press {keys}; the pictures gather here.</source>
        <translation>队列为空。输入想看到的内容，然后按 {keys}；图片会集中在这里。</translation>
    </message>
    <message>
        <source>Seed {seed} is on the clipboard.</source>
        <translation>种子 {seed} 已复制到剪贴板。</translation>
    </message>
</context>
<context>
    <name>Recovery</name>
    <message>
        <source>Shoreline closed unexpectedly. Recover one step of your work on “{name}”?</source>
        <translation>Shoreline 上次意外关闭。要恢复“{name}”中的一步操作吗？</translation>
    </message>
    <message>
        <source>Shoreline closed unexpectedly. Recover your work on {count} pictures: {names}?</source>
        <translation>Shoreline 意外关闭。要恢复 {count} 张图片上的工作吗：{names}？</translation>
    </message>
    <message>
        <source>Recover All</source>
        <translation>全部恢复</translation>
    </message>
    <message>
        <source>One by One</source>
        <translation>逐个选择</translation>
    </message>
    <message>
        <source>Shoreline closed unexpectedly. Recover {count} steps of your work on “{name}”?</source>
        <translation>Shoreline 上次意外关闭。要恢复“{name}”中的 {count} 步操作吗？</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
</context>
<context>
    <name>Refusals</name>
    <message>
        <source>There is no layer below to merge with.</source>
        <translation>下方没有可以合并的图层。</translation>
    </message>
    <message>
        <source>Move the layer above another one.</source>
        <translation>请把图层移到另一个图层之上。</translation>
    </message>
    <message>
        <source>The layer {name} is hidden.</source>
        <translation>图层 {name} 已隐藏。</translation>
    </message>
    <message>
        <source>Show it, then merge.</source>
        <translation>请先显示再合并。</translation>
    </message>
    <message>
        <source>Ask for one picture a frame, without masks.</source>
        <translation>每帧只要一张图片，不带遮罩。</translation>
    </message>
    <message>
        <source>Choose a model of Stable Diffusion 1, 2 or XL, or switch the guide off.</source>
        <translation>请选择 Stable Diffusion 1、2 或 XL 的模型，或关闭此控制项。</translation>
    </message>
    <message>
        <source>Choose another control network or another model, or switch the guide off.</source>
        <translation>请选择其他控制网络或其他模型，或关闭此控制项。</translation>
    </message>
    <message>
        <source>Click a paint layer in the Layers panel.</source>
        <translation>请在图层面板中点击一个绘画图层。</translation>
    </message>
    <message>
        <source>Enable the plugin that has it, or remove the guide.</source>
        <translation>请启用提供它的插件，或移除此控制项。</translation>
    </message>
    <message>
        <source>Frames drawn together have one size.</source>
        <translation>一起绘制的帧大小必须相同。</translation>
    </message>
    <message>
        <source>Get {file} of {repository} in the Models window, or switch the guide off.</source>
        <translation>请在“模型”窗口中获取 {repository} 的 {file}，或关闭此控制项。</translation>
    </message>
    <message>
        <source>Give all the same width and height.</source>
        <translation>请让它们的宽度和高度一致。</translation>
    </message>
    <message>
        <source>Make white what should change.</source>
        <translation>请把要改变的部分涂成白色。</translation>
    </message>
    <message>
        <source>Nothing here makes what {guide} needs of a picture.</source>
        <translation>这里没有工具能由图片生成“{guide}”所需的内容。</translation>
    </message>
    <message>
        <source>Paint one with the mask brush.</source>
        <translation>请用蒙版画笔绘制。</translation>
    </message>
    <message>
        <source>Paint the guide yourself and say that the layer is one already, or enable a plugin that can.</source>
        <translation>请自己绘制，并说明此图层已经是控制图，或启用能够生成它的插件。</translation>
    </message>
    <message>
        <source>Paint where the picture should change.</source>
        <translation>请绘制图片要改变的部分。</translation>
    </message>
    <message>
        <source>Put one that was made for this model there, or switch the guide off.</source>
        <translation>请放入为此模型制作的控制网络，或关闭此控制项。</translation>
    </message>
    <message>
        <source>Put the file there, choose another for the guide, or switch it off.</source>
        <translation>请放入该文件，为此控制项选择其他文件，或关闭它。</translation>
    </message>
    <message>
        <source>The canvas was changed while the picture was enlarged.</source>
        <translation>图片放大期间画布被改变了。</translation>
    </message>
    <message>
        <source>The control network {network} of the guide {guide} is not in the models folders.</source>
        <translation>控制项“{guide}”的控制网络 {network} 不在模型文件夹中。</translation>
    </message>
    <message>
        <source>The guide {guide} cannot be used with {model}: there are no control networks for its family here.</source>
        <translation>控制项“{guide}”不能与 {model} 一起使用：这里没有适用于其系列的控制网络。</translation>
    </message>
    <message>
        <source>The layer of the guide {guide} is not there any more.</source>
        <translation>控制项“{guide}”的图层已不存在。</translation>
    </message>
    <message>
        <source>The layer {name} is locked.</source>
        <translation>图层 {name} 已锁定。</translation>
    </message>
    <message>
        <source>The layer {name} was changed meanwhile, so it was left as it is.</source>
        <translation>图层 {name} 在此期间已被改动，因此保持原样。</translation>
    </message>
    <message>
        <source>The mask holds nothing of the picture.</source>
        <translation>蒙版没有覆盖图片的任何部分。</translation>
    </message>
    <message>
        <source>The mask is nearly black everywhere.</source>
        <translation>蒙版几乎全是黑色。</translation>
    </message>
    <message>
        <source>There is no control network in the models folders that reads {guide} for {model}.</source>
        <translation>模型文件夹中没有能为 {model} 读取“{guide}”的控制网络。</translation>
    </message>
    <message>
        <source>There is no guide {kind!r} here.</source>
        <translation>这里没有控制项 {kind!r}。</translation>
    </message>
    <message>
        <source>There is no layer with pixels to enlarge.</source>
        <translation>没有可以放大的带像素的图层。</translation>
    </message>
    <message>
        <source>These frames cannot be drawn together.</source>
        <translation>这些帧不能一起绘制。</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>请再试一次。</translation>
    </message>
    <message>
        <source>Undo that change, then enlarge it again.</source>
        <translation>请撤销该更改，然后重新放大。</translation>
    </message>
    <message>
        <source>Undo the deletion, choose another layer for the guide, or remove it.</source>
        <translation>请撤销删除，为此控制项选择其他图层，或移除它。</translation>
    </message>
    <message>
        <source>Unlock it first.</source>
        <translation>请先解锁。</translation>
    </message>
    <message>
        <source>{network} ({what}) cannot be used for the guide {guide} with {model}, which is {family}.</source>
        <translation>{network}（{what}）不能用于控制项“{guide}”：{model} 是 {family}。</translation>
    </message>
    <message>
        <source>The layer {name} has no mask.</source>
        <translation>图层 {name} 没有蒙版。</translation>
    </message>
    <message>
        <source>Add one first.</source>
        <translation>请先添加一个。</translation>
    </message>
    <message>
        <source>{name} is not a group.</source>
        <translation>{name} 不是组。</translation>
    </message>
    <message>
        <source>Choose a group.</source>
        <translation>请选择一个组。</translation>
    </message>
    <message>
        <source>The layer {name} has no colour of its own.</source>
        <translation>图层 {name} 没有自己的颜色。</translation>
    </message>
    <message>
        <source>Choose a fill layer.</source>
        <translation>请选择填充图层。</translation>
    </message>
    <message>
        <source>{name} needs no rasterising.</source>
        <translation>{name} 不需要栅格化。</translation>
    </message>
    <message>
        <source>Choose a fill layer; merge the layers of a group instead.</source>
        <translation>请选择填充图层；组中的图层请改用合并。</translation>
    </message>
    <message>
        <source>No layer is chosen.</source>
        <translation>没有选中图层。</translation>
    </message>
    <message>
        <source>Choose one in the Layers panel.</source>
        <translation>请在图层面板中选择一个。</translation>
    </message>
    <message>
        <source>There is no mask yet.</source>
        <translation>还没有蒙版。</translation>
    </message>
    <message>
        <source>The selected layers lie in different groups.</source>
        <translation>所选图层位于不同的图层组。</translation>
    </message>
    <message>
        <source>Select layers of one group, or one group of layers.</source>
        <translation>请选择同一组里的图层，或选择一个图层组。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; is a fill layer: it holds a colour and no pixels.</source>
        <translation>“{name}”是填充图层：它只有一种颜色，没有像素。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; is a group and holds no pixels.</source>
        <translation>“{name}”是一个组，没有像素。</translation>
    </message>
    <message>
        <source>Double-click its thumbnail to choose another colour, or make pixels of it with Layer &gt; Rasterise.</source>
        <translation>双击它的缩略图可以选择另一种颜色，或用“图层 &gt; 栅格化”把它变成像素。</translation>
    </message>
    <message>
        <source>Select a layer inside it, or add a new layer.</source>
        <translation>请选择其中的图层，或新建图层。</translation>
    </message>
</context>
<context>
    <name>RenderStrip</name>
    <message>
        <source>Render</source>
        <translation>渲染</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>To Timeline</source>
        <translation>放到时间轴</translation>
    </message>
    <message>
        <source>As Picture</source>
        <translation>作为新图片</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>This is what Shoreline knows about the fault. It was sent nowhere; if you want it mended, add it to a message to the project. It lies in {path}.</source>
        <translation>这是 Shoreline 对该故障所知的内容，没有发送到任何地方。若希望得到修复，请把它附在给项目的消息中。文件位于 {path}。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ResizeDialog</name>
    <message>
        <source>Resize image</source>
        <translation>调整图片大小</translation>
    </message>
    <message>
        <source>Resize</source>
        <translation>调整大小</translation>
    </message>
    <message>
        <source>Keep the proportions</source>
        <translation>保持比例</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
</context>
<context>
    <name>ResultViewer</name>
    <message>
        <source>Previous picture (Left)</source>
        <translation>上一张图片（←）</translation>
    </message>
    <message>
        <source>Next picture (Right)</source>
        <translation>下一张图片（→）</translation>
    </message>
    <message>
        <source>Back to the canvas (Esc)</source>
        <translation>返回画布（Esc）</translation>
    </message>
    <message>
        <source>Picture of the queue</source>
        <translation>队列中的图片</translation>
    </message>
    <message>
        <source>Picture {number} of {count} · seed {seed}</source>
        <translation>第 {number} 张，共 {count} 张 · 种子 {seed}</translation>
    </message>
    <message>
        <source>Go to its layer</source>
        <translation>转到其图层</translation>
    </message>
    <message>
        <source>Add as layer</source>
        <translation>添加为图层</translation>
    </message>
    <message>
        <source>It is a layer already: make that active (Return)</source>
        <translation>它已经是图层：将其设为活动图层（回车）</translation>
    </message>
    <message>
        <source>Put this picture into the document as a layer (Return)</source>
        <translation>将此图片作为图层放入文档（回车）</translation>
    </message>
</context>
<context>
    <name>SamplingSection</name>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>How far the picture may change: 100 % keeps nothing of it</source>
        <translation>图片可以改变的程度：100 % 则不保留任何内容</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>More steps take longer and add detail up to a point</source>
        <translation>步数越多越慢，细节在一定范围内越多</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>How closely the picture follows the prompt</source>
        <translation>图片遵循提示词的程度</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Scheduler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片数</translation>
    </message>
    <message>
        <source>How many pictures one press of Generate makes</source>
        <translation>按一次生成所画的图片数</translation>
    </message>
    <message>
        <source>Use {width} × {height}</source>
        <translation>使用 {width} × {height}</translation>
    </message>
</context>
<context>
    <name>SaturationValueSquare</name>
    <message>
        <source>Saturation and brightness</source>
        <translation>饱和度和亮度</translation>
    </message>
</context>
<context>
    <name>SaveActions</name>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Go on without them</source>
        <translation>不保留并继续</translation>
    </message>
    <message>
        <source>Exported to {path}.</source>
        <translation>已导出到 {path}。</translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation>{name} 副本</translation>
    </message>
    <message>
        <source>{name} holds the picture without its layers and mask.</source>
        <translation>{name} 中的图片不含图层和蒙版。</translation>
    </message>
    <message>
        <source>Save as OpenRaster too…</source>
        <translation>同时另存为 OpenRaster…</translation>
    </message>
</context>
<context>
    <name>SeedBox</name>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The same seed and settings give the same picture; -1 is a new one each time</source>
        <translation>相同的种子和设置得到相同的图片；-1 表示每次换新的种子</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>换种子</translation>
    </message>
    <message>
        <source>A new seed for every picture</source>
        <translation>每幅图片都用新种子</translation>
    </message>
    <message>
        <source>Keep seed</source>
        <translation>固定种子</translation>
    </message>
    <message>
        <source>Keep this seed</source>
        <translation>保留此种子</translation>
    </message>
    <message>
        <source>The seed {seed} is too large: the largest is {largest}.</source>
        <translation>种子 {seed} 太大：最大为 {largest}。</translation>
    </message>
</context>
<context>
    <name>ServiceActions</name>
    <message>
        <source>Folder of wildcards</source>
        <translation>通配符文件夹</translation>
    </message>
    <message>
        <source>Engine…</source>
        <translation>引擎…</translation>
    </message>
    <message>
        <source>Settings of plugins do not fit; their defaults are used.</source>
        <translation>插件的部分设置不合适，已使用其默认值。</translation>
    </message>
    <message>
        <source>The language changes at the next start.</source>
        <translation>语言将在下次启动时更换。</translation>
    </message>
    <message>
        <source>The plugins are still being loaded. Try again in a moment.</source>
        <translation>插件仍在加载，请稍后再试。</translation>
    </message>
    <message>
        <source>Folder with models</source>
        <translation>存有模型的文件夹</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Picture of {name}</source>
        <translation>{name} 的图片</translation>
    </message>
    <message>
        <source>The folder is {path}.</source>
        <translation>文件夹是 {path}。</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Find an action or a key</source>
        <translation>查找操作或按键</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>All Defaults</source>
        <translation>全部默认</translation>
    </message>
    <message>
        <source>Take It from {names}</source>
        <translation>从{names}取走此按键</translation>
    </message>
    <message>
        <source>{keys} for “{name}” belongs to {names} already.</source>
        <translation>为“{name}”指定的 {keys} 已属于{names}。</translation>
    </message>
</context>
<context>
    <name>SizeBox</name>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Swap width and height</source>
        <translation>交换宽度和高度</translation>
    </message>
    <message>
        <source>Sizes to choose from</source>
        <translation>可选的尺寸</translation>
    </message>
    <message>
        <source>{text} cannot be a side: sides are whole numbers from {least} to {most}.</source>
        <translation>{text} 不能用作边长：边长须为 {least} 到 {most} 的整数。</translation>
    </message>
    <message>
        <source>From canvas</source>
        <translation>与画布相同</translation>
    </message>
    <message>
        <source>{name} in pixels</source>
        <translation>{name}（像素）</translation>
    </message>
    <message>
        <source>Sides are whole numbers from {least} to {most}: {text} became {side}.</source>
        <translation>边长须为 {least} 到 {most} 的整数：{text} 已改为 {side}。</translation>
    </message>
</context>
<context>
    <name>SplitView</name>
    <message>
        <source>Before and after</source>
        <translation>放大前后</translation>
    </message>
    <message>
        <source>Drag the line to compare, the picture to see another part of it</source>
        <translation>拖动分界线进行比较，拖动图片查看其他部分</translation>
    </message>
</context>
<context>
    <name>StartNotices</name>
    <message>
        <source>Show Report</source>
        <translation>显示报告</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Shoreline ended unexpectedly last time. A report is on this machine; it was sent nowhere.</source>
        <translation>Shoreline 上次意外结束。报告保存在本机，没有发送到任何地方。</translation>
    </message>
    <message>
        <source>Shoreline {version} is there.</source>
        <translation>Shoreline {version} 已发布。</translation>
    </message>
    <message>
        <source>Show the Page</source>
        <translation>打开网页</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Pointer position in picture pixels</source>
        <translation>指针所在的图片像素位置</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation>已保存 {name}</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>TimelinePanel</name>
    <message>
        <source>Make Timeline</source>
        <translation>建立时间轴</translation>
    </message>
    <message>
        <source>Make frames of the selected layers, and draw an animation frame by frame.</source>
        <translation>把所选图层变成帧，一帧一帧地绘制动画。</translation>
    </message>
    <message>
        <source>Settings of the onion skin</source>
        <translation>洋葱皮设置</translation>
    </message>
    <message>
        <source>For how many ticks the selected frames are held</source>
        <translation>所选帧停留多少格</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>停留</translation>
    </message>
    <message>
        <source> fps</source>
        <translation> 帧/秒</translation>
    </message>
    <message>
        <source>Frames a second</source>
        <translation>每秒帧数</translation>
    </message>
    <message>
        <source>Play round and round</source>
        <translation>循环播放</translation>
    </message>
    <message>
        <source>Play there and back</source>
        <translation>往返播放</translation>
    </message>
    <message>
        <source>Play once</source>
        <translation>播放一次</translation>
    </message>
</context>
<context>
    <name>TokenCounter</name>
    <message>
        <source>{count} tokens, but the model reads {room}: the end is left out</source>
        <translation>共 {count} 个词元，但模型只读 {room} 个：末尾会被略去</translation>
    </message>
    <message>
        <source>{count} tokens of {room} that the model reads at once</source>
        <translation>共 {count} 个词元，模型一次读 {room} 个</translation>
    </message>
</context>
<context>
    <name>TokenDialog</name>
    <message>
        <source>API token of Civitai</source>
        <translation>Civitai 的 API 令牌</translation>
    </message>
    <message>
        <source>One is kept; type another to replace it</source>
        <translation>已保存一个；输入新的会替换它</translation>
    </message>
    <message>
        <source>Some files there are given only to those who are logged in. Make a token in the settings of your account on civitai.com. It is kept in a file that only you may read, and sent to civitai.com alone.</source>
        <translation>那里的一些文件只提供给已登录的用户。请在 civitai.com 的账户设置中创建令牌。它保存在只有你能读取的文件中，而且只发送给 civitai.com。</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>忘掉</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
</context>
<context>
    <name>ToolOptionsBar</name>
    <message>
        <source>More options</source>
        <translation>更多选项</translation>
    </message>
    <message>
        <source>More options, for which there is no room here</source>
        <translation>这里放不下的更多选项</translation>
    </message>
</context>
<context>
    <name>ToolSelector</name>
    <message>
        <source>Tool</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>{name} (missing)</source>
        <translation>{name}（缺失）</translation>
    </message>
</context>
<context>
    <name>TrackPanel</name>
    <message>
        <source>Frame {frame} of {total} · {seconds} s</source>
        <translation>第 {frame} 帧，共 {total} 帧 · {seconds} 秒</translation>
    </message>
</context>
<context>
    <name>TrackRow</name>
    <message>
        <source>Remove the keyframe here</source>
        <translation>移除此处的关键帧</translation>
    </message>
    <message>
        <source>Add a keyframe at this frame</source>
        <translation>在此帧添加关键帧</translation>
    </message>
    <message>
        <source>A number or a formula of f, t, n and fps.</source>
        <translation>数字，或含 f、t、n、fps 的公式。</translation>
    </message>
    <message>
        <source>{low} to {high}, or a formula of f, t, n and fps.</source>
        <translation>{low} 到 {high}，或含 f、t、n、fps 的公式。</translation>
    </message>
</context>
<context>
    <name>TreatAsDialog</name>
    <message>
        <source>Treat “{name}” as</source>
        <translation>将“{name}”视为</translation>
    </message>
    <message>
        <source>As its file says</source>
        <translation>按其文件所示</translation>
    </message>
    <message>
        <source>The noise (epsilon)</source>
        <translation>噪声（epsilon）</translation>
    </message>
    <message>
        <source>The velocity (v-prediction)</source>
        <translation>速度（v-prediction）</translation>
    </message>
    <message>
        <source>It is written into a small file beside the model, and can be taken back at any time.</source>
        <translation>这会写入模型旁边的一个小文件，随时可以撤回。</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>系列</translation>
    </message>
    <message>
        <source>It predicts</source>
        <translation>预测内容</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Take Back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Forget everything that was said, and go by the file</source>
        <translation>忘掉所有说明，按文件判断</translation>
    </message>
</context>
<context>
    <name>TriggerWords</name>
    <message>
        <source>Copy All</source>
        <translation>全部复制</translation>
    </message>
    <message>
        <source>Copy “{word}”</source>
        <translation>复制“{word}”</translation>
    </message>
</context>
<context>
    <name>UnsavedDialog</name>
    <message>
        <source>Unsaved changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>Pictures to save</source>
        <translation>要保存的图片</translation>
    </message>
    <message>
        <source>Save the changes to these {count} pictures?</source>
        <translation>保存对这 {count} 张图片的更改吗？</translation>
    </message>
    <message>
        <source>Without saving, what was done since the last save is lost.</source>
        <translation>若不保存，上次保存以来所做的一切都会丢失。</translation>
    </message>
    <message>
        <source>Discard All</source>
        <translation>全部放弃</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save All</source>
        <translation>全部保存</translation>
    </message>
    <message>
        <source>Save Ticked, Discard Others</source>
        <translation>保存勾选的，放弃其余的</translation>
    </message>
</context>
<context>
    <name>UpscaleDialog</name>
    <message>
        <source>Upscale</source>
        <translation>放大画质</translation>
    </message>
    <message>
        <source>Upscaler</source>
        <translation>放大器</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>放大对象</translation>
    </message>
    <message>
        <source>Add Networks…</source>
        <translation>添加网络…</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>整幅图片</translation>
    </message>
    <message>
        <source>Layer “{name}”</source>
        <translation>图层“{name}”</translation>
    </message>
    <message>
        <source>Masked part, as a layer</source>
        <translation>蒙版部分（成为新图层）</translation>
    </message>
    <message>
        <source>Opens the folder for your own networks: .safetensors or .pth files of any kind that spandrel knows</source>
        <translation>打开存放你自己的网络的文件夹：spandrel 支持的任何 .safetensors 或 .pth 文件</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>倍数</translation>
    </message>
    <message>
        <source>There is no upscaler. Switch on the plugin Upscale in Plugins &gt; Plugins.</source>
        <translation>没有可用的放大器。请在“插件 &gt; 插件”中启用“放大画质”插件。</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Left: before. Right: after.</source>
        <translation>左：放大前。右：放大后。</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>1. Type what you want to see, in English or Chinese, and press {keys}.</source>
        <translation>1. 用中文或英文输入想看到的内容，然后按 {keys}。</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>Look for a newer version once a day; nothing else is sent</source>
        <translation>每天检查一次新版本；不发送任何其他内容</translation>
    </message>
    <message>
        <source>Close (Esc); the Help menu shows it again</source>
        <translation>关闭（Esc）；可从“帮助”菜单再次打开</translation>
    </message>
    <message>
        <source>Draw a beautiful beach</source>
        <translation>画一片美丽的海滩</translation>
    </message>
    <message>
        <source>Take the mask brush</source>
        <translation>使用蒙版画笔</translation>
    </message>
    <message>
        <source>Open the timeline</source>
        <translation>打开时间轴</translation>
    </message>
    <message>
        <source>Get a model…</source>
        <translation>获取模型…</translation>
    </message>
    <message>
        <source>Read the help</source>
        <translation>阅读帮助</translation>
    </message>
    <message>
        <source>Welcome to Shoreline</source>
        <translation>欢迎使用 Shoreline</translation>
    </message>
    <message>
        <source>The model that ships is for trying things out. For final art, get one that is larger:</source>
        <translation>自带的模型供试用。正式创作请获取更大的模型：</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>2. Paint a mask over a part, choose Inpaint, and type what should be there.</source>
        <translation>2. 在某处涂上蒙版，选择“局部重绘”，输入那里应有的内容。</translation>
    </message>
    <message>
        <source>3. Animate: draw frame by frame, or let prompts turn into each other.</source>
        <translation>3. 动画：逐帧绘制，或让提示词相互过渡。</translation>
    </message>
    <message>
        <source>Looking for a graphics card…</source>
        <translation>正在查找显卡…</translation>
    </message>
    <message>
        <source>Pictures are drawn by the processor, which takes longer.</source>
        <translation>图片由处理器绘制，需要更长时间。</translation>
    </message>
    <message>
        <source>Graphics card: {name}. It draws the pictures.</source>
        <translation>显卡：{name}，由它绘制图片。</translation>
    </message>
    <message>
        <source>Everything that draws is installed.</source>
        <translation>绘制所需的一切均已安装。</translation>
    </message>
    <message>
        <source>{program} keeps models in {folder}.</source>
        <translation>{program} 的模型位于 {folder}。</translation>
    </message>
    <message>
        <source>Use them</source>
        <translation>使用它们</translation>
    </message>
</context>
<context>
    <name>WindowPrompts</name>
    <message>
        <source>Unsaved changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>Save the changes to “{name}”?</source>
        <translation>要保存对“{name}”的更改吗？</translation>
    </message>
    <message>
        <source>Without saving, what was done since the last save is lost.</source>
        <translation>若不保存，上次保存以来所做的一切都会丢失。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Don&apos;t Save</source>
        <translation>不保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The engine is being installed</source>
        <translation>正在安装引擎</translation>
    </message>
    <message>
        <source>Stop installing the engine and quit?</source>
        <translation>要停止安装引擎并退出吗？</translation>
    </message>
    <message>
        <source>What has arrived is kept: it goes on from there next time. An engine that you have stays as it is.</source>
        <translation>已下载的内容会保留，下次从那里继续。已有的引擎保持不变。</translation>
    </message>
    <message>
        <source>Stop and Quit</source>
        <translation>停止并退出</translation>
    </message>
    <message>
        <source>Keep Installing</source>
        <translation>继续安装</translation>
    </message>
    <message>
        <source>Folder:</source>
        <translation>文件夹：</translation>
    </message>
    <message>
        <source>File type:</source>
        <translation>文件类型：</translation>
    </message>
</context>
<context>
    <name>_Notice</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
</TS>
